import type { CorpusLayout } from '../corpus';
import type { Known } from './format';
import { FileSample } from './rows/sample';
import { formats, isNameOf } from './index';

/**
 * How a file is laid out, by its name and its text; undefined where no format recognises it.
 *
 * @param text or a sample of it, for who looks at it more than once.
 * @param known what is known of the file besides its name.
 */
export function detectLayout(
  path: string,
  text: string | FileSample,
  known: Exclude<Known, 'named'> = 'nothing',
): CorpusLayout | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const sample = typeof text === 'string' ? new FileSample(text) : text;
  const named = formats.find((format) => isNameOf(format, name));
  const byName = (): CorpusLayout | undefined => named?.sniff(sample, 'named');
  const byText = (): CorpusLayout | undefined => firstOf(formats, (format) => format.sniff(sample, known));
  // A name may promise what the text does not keep.
  return named && (named.fits?.(sample) ?? true) ? (byName() ?? byText()) : (byText() ?? byName());
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
