import type { PanelDevice, PanelRun } from '../protocol';
import { element, hiddenText, section } from './dom';
import { formatRate } from './format';

/** The devices that were measured before the run, fastest first, and which was taken. */
export class DeviceTable {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private shown = '';

  constructor() {
    const { root } = section('devices', 'Devices measured');
    const head = element('tr', '', ...['Device', 'Tokens/s', 'What it is'].map(columnHead));
    const table = element('table', '', element('thead', '', head), this.body);
    table.setAttribute('aria-labelledby', 'devices-title');
    root.append(element('div', 'table-scroller', table));
    this.root = root;
    this.root.hidden = true;
  }

  update({ devices = [] }: PanelRun): void {
    this.root.hidden = devices.length === 0;
    // A run is told of many times a second, and its devices stay the same.
    const key = JSON.stringify(devices);
    if (key === this.shown) return;
    this.shown = key;
    this.body.replaceChildren(...devices.map(rowOf));
  }
}

function columnHead(name: string): HTMLElement {
  const cell = element('th', '', name);
  cell.scope = 'col';
  return cell;
}

function rowOf({ name, tokensPerSecond, givenUp, description, why, chosen }: PanelDevice): HTMLElement {
  const head = element('th', '', name, ...(chosen ? [hiddenText(', taken')] : []));
  head.scope = 'row';
  // One step of a slow device is a rough measure.
  const speed = givenUp ? `about ${formatRate(tokensPerSecond)}` : formatRate(tokensPerSecond);
  const text =
    why ?? [description, ...(givenUp ? ['given up after its first step'] : [])].filter(Boolean).join('; ');
  return element('tr', chosen ? 'taken' : '', head, element('td', '', speed), element('td', 'text', text));
}
