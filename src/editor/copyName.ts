import type { CorpusLayout } from '../corpus/corpus';
import { formatOf, isNameOf } from '../corpus/formats';
import { columns } from '../corpus/formats/columns';

/**
 * What a labelled copy of a file is called: by an ending under which a corpus is found, where its format has one.
 *
 * @param name of the file, without its folders.
 * @param layout of the copy; undefined for two columns made of running text.
 * @param ofCorpus whether the file is one of a corpus, so that its own ending is looked for.
 * @param number from 1, of several copies.
 */
export function copyName(
  name: string,
  layout: Pick<CorpusLayout, 'kind'> | undefined,
  ofCorpus: boolean,
  number = 1,
): string {
  const dot = name.lastIndexOf('.');
  const [stem, own] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const copy = number === 1 ? `${stem}.labelled` : `${stem}.labelled-${number}`;
  const format = layout ? formatOf(layout) : columns;
  const keepsOwn =
    layout !== undefined && (format.endings.length === 0 || ofCorpus) && !isWholeName(format, name);
  if (keepsOwn || (layout && isNameOf(format, `${copy}${own}`))) return `${copy}${own}`;
  return `${copy}.${format.endings[0]}`;
}

/** Whether it is not the ending by which a file is known, as of `eng.train`. */
const isWholeName = ({ fileNames }: { readonly fileNames: readonly string[] }, name: string): boolean =>
  fileNames.includes(name.toLowerCase());
