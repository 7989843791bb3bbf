/** The command line: `rnn-tagger check | train | tag | evaluate | report`. */
import os from 'node:os';
import { version } from '../../package.json';
import { shownLine } from '../common/shownText';
import { createNodeEngine } from '../engine/node/nodeEngine';
import { checkCommand } from './check';
import { evaluateCommand } from './evaluate';
import { describeChoices, describeError, printNotice } from './report';
import { reportCommand } from './reportRun';
import { writeOutput } from './standardStreams';
import { tagCommand } from './tag';
import { trainCommand } from './train';
import { parseCommand, usage } from './usage';
import { ChoiceError, UsageError } from './usageError';

async function main(argv: readonly string[]): Promise<number> {
  const command = parseCommand(argv);
  switch (command.name) {
    case 'help':
      await writeOutput(usage);
      return 0;
    case 'version':
      await writeOutput(`${version}\n`);
      return 0;
    case 'check':
      return checkCommand(command, __dirname);
    case 'train':
      return trainCommand(
        command,
        createNodeEngine({ distFolder: __dirname, threads: os.availableParallelism(), tell: printNotice }),
      );
    case 'tag':
      return tagCommand(command);
    case 'evaluate':
      return evaluateCommand(command);
    case 'report':
      return reportCommand(command);
  }
}

// What cannot be written is told by `writeOutput`.
process.stdout.on('error', () => undefined);
// Nobody listening to progress is no reason to lose a model.
process.stderr.on('error', () => undefined);

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const bad = error instanceof UsageError;
    const text =
      error instanceof ChoiceError
        ? describeChoices(error)
        : bad
          ? `${shownLine(error.message, 1000)}\n\n${usage}`
          : describeError(error);
    process.stderr.write(`rnn-tagger: ${text}${text.endsWith('\n') ? '' : '\n'}`);
    process.exitCode = bad ? 2 : 1;
  },
);
