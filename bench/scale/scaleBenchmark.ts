import path from 'node:path';
import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { runInVsCode, vsCodeMissing } from '../host/realHost.mjs';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { figure, megabytes, reasonOf } from '../table';
import { trainToFirstStep } from './firstStep';
import { writeScaleWorkspace } from './scaleWorkspace';
import type { ScaleWorkspace } from './scaleWorkspace';

/** What the program in the extension host is told. */
export interface ScaleRequest extends Pick<ScaleWorkspace, 'columns' | 'columnTokens' | 'tokens'> {
  /** Glob patterns that find the files. */
  readonly include: readonly string[];
  /** The file to change. */
  readonly changed: string;
  /** Where to write the figures. */
  readonly result: string;
}

export interface ScaleFigures {
  readonly steps: readonly {
    readonly what: string;
    readonly seconds: number;
    /** How late the event loop was at most. */
    readonly longestGapMs: number;
    /** Of the process with its worker threads, from its start. */
    readonly peakBytes: number;
  }[];
  /** Resident memory before anything was read. */
  readonly bytesBefore: number;
}

/** How long it takes to find, read and encode very many files, and what the editor feels of it. */
export async function scaleBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  const workspace = writeScaleWorkspace(temporaryFolder('scale'), quick ? 200 : 2000, 2500);
  const { columns, tokens, files, bytes } = workspace;
  const absent: string[] = [];
  tell('scale: the command line');
  const commandLine = await trainToFirstStep([columns, '--column', 'NER', '--epochs', '1']).catch(
    (error: unknown) => void absent.push(`The command line: ${reasonOf(error)}`),
  );
  tell('scale: in VS Code');
  const inVsCode = await measureInVsCode(workspace).catch(
    (error: unknown) => void absent.push(`VS Code: ${reasonOf(error)}`),
  );
  show({
    title: `${figure(tokens)} tokens in ${figure(files)} files (${megabytes(bytes)})`,
    columns: ['where', 'what', 'seconds', 'longest gap, ms', 'peak memory'],
    rows: [
      ...(inVsCode?.steps ?? []).map(({ what, seconds, longestGapMs, peakBytes }) => [
        'VS Code',
        what,
        figure(seconds),
        figure(longestGapMs),
        megabytes(peakBytes),
      ]),
      ...(commandLine
        ? [
            [
              'command line',
              'find, read, encode and train to the first step',
              figure(commandLine.seconds),
              '',
              megabytes(commandLine.peakBytes),
            ],
            ['command line', 'stop', figure(commandLine.stopSeconds), '', ''],
          ]
        : []),
    ],
    notes: [
      'VS Code: its extension host, worker threads included; how late its event loop was at most. Stop: from the command to the end of the run.',
      ...(inVsCode ? [`Its memory before anything was read: ${megabytes(inVsCode.bytesBefore)}.`] : []),
      ...absent.map((what) => `Not measured: ${what}`),
    ],
  });
  const step = (what: string) => inVsCode?.steps.find((one) => one.what.startsWith(what));
  const [read, encode] = [step('find and read'), step('read and encode')];
  const missing = { missing: quick ? 'only with all files' : (absent[0] ?? '') };
  const known = !quick && read && encode;
  return {
    figures: { ...workspace, commandLine, inVsCode, absent },
    reached: {
      scaleTime: known ? read.seconds + encode.seconds : missing,
      scaleMemory: known ? encode.peakBytes / 2 ** 20 : missing,
      scaleGap: known ? Math.max(read.longestGapMs, encode.longestGapMs) : missing,
    },
  };
}

async function measureInVsCode({
  folder,
  columns,
  columnTokens,
  tokens,
}: ScaleWorkspace): Promise<ScaleFigures> {
  const missing = await vsCodeMissing();
  if (missing !== undefined) throw new Error(missing);
  return runInVsCode<ScaleFigures>({
    folder,
    program: inProject('out', 'bench', 'scale', 'inVsCode.js'),
    settings: {
      // Nothing is found before it is measured.
      'rnnTagger.corpora.include': ['nothing'],
      // A server of VS Code looks for ports to forward every two seconds, by a process of its own: starting it
      // stops the extension host for longer the more memory that has, whatever extensions do.
      'remote.autoForwardPortsSource': 'output',
    },
    variable: 'RNN_TAGGER_BENCH_SCALE',
    request: (result) =>
      ({
        include: ['**/*.conll', '**/*.conllu'],
        columns,
        columnTokens,
        tokens,
        changed: path.join(columns, 'part-0.conll'),
        result,
      }) satisfies ScaleRequest,
  });
}
