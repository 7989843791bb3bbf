import { formatRate } from '../../common/figures';
import * as l10n from '../../common/l10n';
import type { DeviceChoice, DeviceTrial } from '../../run/deviceTrial';
import type { RunState } from '../../run/runState';
import { element, hiddenText, section } from './dom';

/** The devices that were measured before the run, fastest first, and which was taken. */
export class DeviceTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private shown: DeviceChoice | undefined;

  constructor() {
    const { root } = section('devices', l10n.t('Devices measured'));
    const head = element(
      'tr',
      '',
      ...[l10n.t('Device'), l10n.t('Tokens/s'), l10n.t('What it is')].map(columnHead),
    );
    const table = element('table', '', element('thead', '', head), this.body);
    table.setAttribute('aria-labelledby', 'devices-title');
    root.append(element('div', 'table-scroller', table));
    this.root = root;
    this.root.hidden = true;
  }

  update({ choice }: RunState): void {
    this.root.hidden = !choice || choice.trials.length === 0;
    if (choice === this.shown) return;
    this.shown = choice;
    const trials = [...(choice?.trials ?? [])].sort((a, b) => rateOf(b) - rateOf(a));
    this.body.replaceChildren(...trials.map((trial) => rowOf(trial, trial.device === choice?.device)));
  }
}

function columnHead(name: string): HTMLElement {
  const cell = element('th', '', name);
  cell.scope = 'col';
  return cell;
}

/** What is not available comes last. */
function rateOf({ tokensPerSecond = -1 }: DeviceTrial): number {
  return tokensPerSecond;
}

function rowOf(
  { device, tokensPerSecond, givenUp, description, why }: DeviceTrial,
  chosen: boolean,
): HTMLElement {
  const head = element('th', '', device, ...(chosen ? [hiddenText(l10n.t(', taken'))] : []));
  head.scope = 'row';
  // One step of a slow device is a rough measure.
  const speed = givenUp ? l10n.t('about {0}', formatRate(tokensPerSecond)) : formatRate(tokensPerSecond);
  const text = [
    description,
    why,
    ...(givenUp ? [l10n.t('so much slower that only one step was measured')] : []),
  ]
    .filter(Boolean)
    .join('; ');
  return element('tr', chosen ? 'taken' : '', head, element('td', '', speed), element('td', 'text', text));
}
