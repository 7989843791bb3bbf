import * as l10n from '../common/l10n';
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
  if (typeof content === 'string') return l10n.t('as the editor reads it');
  if (stated?.encoding !== undefined) return l10n.t('{0}, as stated', stated.encoding);
  const marked = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return marked ? l10n.t('UTF-8 with a byte order mark') : 'UTF-8';
}
