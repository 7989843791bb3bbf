import { shownName } from '../common/shownText';
import { networkText } from '../record/networkText';
import type { NetworkSettings } from '../record/networkText';
import { runTitle, trainedOn } from '../record/runTitle';
import type { ModelEntry } from '../workspace/modelCatalogue';
import type { PickText } from './corpusPicks';
import { scoreText } from './runText';
import { withoutIcons } from './translate';
import type { Translate } from './translate';

/** A model as a quick pick shows it. */
export function modelPickText(entry: ModelEntry, active: boolean, t: Translate, locale: string): PickText {
  const origin = originText(entry, t, locale);
  const score = scoreText(entry, t);
  const { settings, spans, labels } = trainedWith(entry);
  return {
    label: `${active ? '$(check) ' : ''}${withoutIcons(runTitle(entry))}`,
    description: score ?? '',
    detail: withoutIcons(
      [
        ...(entry.title === undefined ? [] : [trainedOn(entry)]),
        origin,
        networkText(settings, spans, labels),
      ].join(' · '),
    ),
  };
}

/** "trained Nov 29, 2026, 5:30 PM". */
export function originText({ source, created }: ModelEntry, t: Translate, locale: string): string {
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(created),
  );
  return source.kind === 'run'
    ? trainingText(source, when, t)
    : t('imported {0} from {1}', when, shownName(source.model.name));
}

function trainingText(
  { run, elsewhere }: ModelEntry['source'] & { readonly kind: 'run' },
  when: string,
  t: Translate,
): string {
  const { state, epoch, settings } = run;
  if (elsewhere === 'going on') return t('in training in another window since {0}', when);
  if (state === 'done') return t('trained {0}', when);
  if (state === 'running') return t('in training since {0}', when);
  return t('training ended early, in epoch {0} of {1}, begun {2}', epoch, settings.epochs, when);
}

export function trainedWith({ source }: ModelEntry): {
  readonly settings: NetworkSettings;
  readonly spans: boolean;
  readonly labels?: number;
} {
  if (source.kind === 'run') return source.run;
  const { settings, scheme, labels } = source.model.info;
  return { settings, spans: scheme !== 'none', labels: labels.length };
}

/** The file name that an export proposes. */
export function exportName(entry: Pick<ModelEntry, 'corpusName' | 'column' | 'title'>): string {
  return `${fileStem(entry) || 'model'}.safetensors`;
}

/** The name of a file for a run or a model, without an ending; empty where nothing of its name can be in one. */
export function fileStem({
  title,
  corpusName,
  column,
}: Pick<ModelEntry, 'corpusName' | 'column' | 'title'>): string {
  return exportPart(title ?? `${corpusName}-${column}`);
}

/** File systems take names of 255 bytes, and a character has up to 4. */
const longestName = 60;

/** Letters, numbers and a few marks, which do not stand at the ends. */
function exportPart(text: string): string {
  const characters = [...text.replace(/[^\p{L}\p{N}\p{M}._]+/gu, '-')];
  const isMark = (at: number): boolean => characters[at] === '-' || characters[at] === '.';
  let start = 0;
  while (isMark(start)) start++;
  let end = Math.min(characters.length, start + longestName);
  while (end > start && isMark(end - 1)) end--;
  return characters.slice(start, end).join('');
}
