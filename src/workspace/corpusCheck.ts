import * as vscode from 'vscode';
import type { CorpusReport } from '../corpus/report/corpusReport';
import { joinReports } from '../corpus/report/report';
import type { Engine } from '../engine/engine';
import type { WorkspaceCorpora } from './workspaceCorpora';

/** Files of no corpus that are read at a time. */
const chunkFiles = 64;

/**
 * What is in the workspace's corpora, and in files that are named like one and are none: corpus by corpus, in
 * a reader of its own.
 *
 * @param isAsked which files matter.
 * @param isStopped where it says so, the rest is not read, and there is no report.
 */
export async function checkCorpora(
  engine: Engine,
  corpora: WorkspaceCorpora,
  replaceInvalidBytes: boolean,
  isAsked: (file: string) => boolean,
  isStopped: () => boolean = () => false,
): Promise<CorpusReport | undefined> {
  const asked = corpora.corpora.filter(({ files }) => files.some(({ file }) => isAsked(file)));
  const others = corpora.others.filter((uri) => isAsked(uri.toString()));
  const parts = [
    ...asked.map(({ name, files }) => ({ name, uris: files.map(({ file }) => vscode.Uri.parse(file)) })),
    ...Array.from({ length: Math.ceil(others.length / chunkFiles) }, (_, i) => ({
      name: undefined,
      uris: others.slice(i * chunkFiles, (i + 1) * chunkFiles),
    })),
  ];
  const reader = engine.createReader();
  try {
    const reports: CorpusReport[] = [];
    for (const { name, uris } of parts) {
      const { sources, problems } = await corpora.readFiles(uris, isStopped);
      if (isStopped()) return undefined;
      reports.push(await reader.check({ files: sources, replaceInvalidBytes, name }));
      const unread = problems.map((problem) => ({ file: problem.file, problems: [problem] }));
      reports.push({ corpora: [], unread });
    }
    return joinReports(reports);
  } finally {
    reader.dispose();
  }
}
