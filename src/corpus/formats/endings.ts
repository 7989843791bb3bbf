/** Endings of CoNLL-U and CoNLL-U Plus. */
const treebankEndings: readonly string[] = ['conllu', 'conllup'];

/**
 * Endings that only annotated files have, in lower case, without the dot: such a file is a corpus even where
 * its content is damaged. The default of `rnnTagger.corpora.include` has a pattern for each.
 */
export const corpusEndings: readonly string[] = [
  ...treebankEndings,
  ...['conll', 'conllx', 'conll03', 'conll2000', 'conll2002', 'conll2003'],
  ...['iob', 'iob1', 'iob2', 'ioe', 'ioe1', 'ioe2', 'iobes', 'bio', 'bio2', 'bioes', 'bilou', 'bmes', 'bieo'],
  ...['testa', 'testb'],
];

/**
 * The languages of CoNLL-2002 and CoNLL-2003, whose training files are `eng.train`, …; others' `.train` may
 * be anything.
 */
export const sharedTaskLanguages: readonly string[] = ['eng', 'deu', 'esp', 'ned'];

const endings = new Set(corpusEndings);

/**
 * Whether a file's name, folders left out, is one that only corpora have: by its ending, or `eng.train` and
 * its like.
 */
export function isCorpusFileName(name: string): boolean {
  const [stem, ending] = splitName(name);
  return (
    stem !== undefined && (endings.has(ending) || (ending === 'train' && sharedTaskLanguages.includes(stem)))
  );
}

/** Whether a file's name, folders left out, says that it is CoNLL-U. */
export function isTreebankFileName(name: string): boolean {
  const [stem, ending] = splitName(name);
  return stem !== undefined && treebankEndings.includes(ending);
}

function splitName(name: string): [stem: string | undefined, ending: string] {
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  return dot < 0 ? [undefined, lower] : [lower.slice(0, dot), lower.slice(dot + 1)];
}
