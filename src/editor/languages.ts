/**
 * The languages that package.json gives corpora. Ids and scopes are our own: another extension colours CoNLL-U
 * under the id `conllu`. Of two languages that claim a file VS Code takes the one with the longer ending, so
 * the endings that both have stand there without their dot: where that extension is installed, it has the file.
 */
export const corpusLanguages: readonly string[] = [
  'rnn-tagger-conllu',
  'rnn-tagger-columns',
  'rnn-tagger-brat',
];
