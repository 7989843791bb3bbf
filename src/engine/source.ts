import type { Problem } from '../common/problem';
import type { CorpusFile } from '../corpus/corpus';
import { decodeUtf8 } from '../corpus/decode';
import { detectFormat, readCorpusFile } from '../corpus/formats/read';
import type { SourceFile } from './protocol';

/** A file as it was read, or why it was left out. */
export interface ReadSource {
  /** Missing where the file is left out; then `problems` says why. */
  readonly file?: CorpusFile;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Decodes and parses one file. Never throws for what stands in it. */
export function readSource(source: SourceFile, replaceInvalidBytes: boolean): ReadSource {
  let text: string;
  const problems: Problem[] = [];
  if (typeof source.content === 'string') {
    text = source.content.startsWith('\uFEFF') ? source.content.slice(1) : source.content;
  } else {
    const decoded = decodeUtf8(source.file, source.content);
    text = decoded.text;
    problems.push(...decoded.problems);
    if (decoded.problems.length > 0 && !replaceInvalidBytes) return { text, problems };
  }
  const whole = { file: source.file, line: 0, startColumn: 0, endColumn: 0 };
  if (text.trim() === '') {
    problems.push({ ...whole, severity: 'warning', code: 'empty-file', message: 'The file is empty: it adds nothing to a corpus.' });
    return { text, problems };
  }
  const format = detectFormat(source.path, text);
  if (!format) {
    problems.push({
      ...whole,
      severity: 'warning',
      code: 'unknown-format',
      message: 'Not read as a corpus: neither CoNLL-U nor columns with one token a line and blank lines between sentences.',
    });
    return { text, problems };
  }
  const file = readCorpusFile(source.file, source.path, text, format);
  problems.push(...file.problems);
  return { file: file.tokens > 0 ? file : undefined, text, problems };
}
