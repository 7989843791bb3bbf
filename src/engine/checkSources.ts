import type { CorpusReport, ReportedSource } from '../corpus/report/corpusReport';
import { reportCorpora } from '../corpus/report/report';
import type { CheckRequest } from './readerProtocol';
import { readSource } from './source';
import type { SourceFile } from './sourceFile';

/** Reads files and reports what is in them. */
export function checkSources({ files, replaceInvalidBytes, name }: Omit<CheckRequest, 'type'>): CorpusReport {
  const sources = files.map((source): ReportedSource => {
    const { file, text, problems } = readSource(source, replaceInvalidBytes);
    return { file: source.file, path: source.path, text, encoding: encodingOf(source), read: file, problems };
  });
  return reportCorpora(sources, name);
}

function encodingOf({ content, stated }: SourceFile): string {
  if (typeof content === 'string') return 'as the editor reads it';
  if (stated?.encoding !== undefined) return `${stated.encoding}, as stated`;
  const marked = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return marked ? 'UTF-8 with a byte order mark' : 'UTF-8';
}
