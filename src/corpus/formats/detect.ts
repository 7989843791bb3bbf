import type { CorpusLayout } from '../corpus';
import type { Known } from './format';
import { FileSample } from './sample';
import { formats, isNameOf } from './index';

/**
 * How a file is laid out, by its name and the beginning of its text; undefined where no format
 * recognises it.
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
  for (const format of formats) {
    const layout = format.sniff(sample, isNameOf(format, name) ? 'named' : known);
    if (layout) return layout;
  }
  return undefined;
}
