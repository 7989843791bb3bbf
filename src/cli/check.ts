import { renderReport } from '../corpus/report/render';
import { checkSources } from '../engine/checkSources';
import { sourcesAt } from './files';
import { checkOutput, writeOutput } from './standardStreams';
import type { Command } from './usage';

type CheckCommand = Command & { name: 'check' };

/** Prints what is in the files. Gives the exit code: 1 where nothing could be read. */
export async function checkCommand({
  paths,
  stated,
  replaceInvalidBytes,
  json,
}: CheckCommand): Promise<number> {
  const files = await sourcesAt(paths, stated);
  await checkOutput(files.map(({ file }) => file));
  const report = checkSources({ files, replaceInvalidBytes });
  await writeOutput(json ? `${JSON.stringify(report)}\n` : renderReport(report, (file) => file).text);
  return report.corpora.length > 0 ? 0 : 1;
}
