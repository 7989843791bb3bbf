/**
 * The corpus that is trained on and tagged: UD English-EWT in full beside the project, else the sample's
 * excerpt.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inProject } from '../tools/paths.mjs';
import { temporaryFolder } from '../tools/vscode/profile.mjs';
import { runCommandLine } from './commandLine';

export interface BenchCorpus {
  readonly name: string;
  /** The whole corpus: what the bars are for. */
  readonly full: boolean;
  readonly folder: string;
  readonly train: string;
  readonly dev: string;
}

/** Networks that tagging is measured with: how they are called, and the options they are trained with. */
export const taggingNetworks = {
  defaults: { name: 'defaults', options: [] },
  /** The derivation's. */
  oneHot: { name: 'one-hot, one direction, H=128', options: ['--input', 'one-hot', '--hidden', '128'] },
} as const;

export type TaggingNetwork = keyof typeof taggingNetworks;

/** @param small the excerpt, even where the whole is there. */
export function benchCorpus(small: boolean): BenchCorpus {
  const whole = inProject('..', 'shared', 'data', 'UD_English-EWT');
  const full = !small && existsSync(whole);
  const folder = full ? whole : inProject('test', 'workspaces', 'sample', 'UD_English-EWT');
  const file = (split: string): string => {
    const name = readdirSync(folder).find((entry) => entry.endsWith('.conllu') && entry.includes(split));
    if (name === undefined) throw new Error(`${folder} has no ${split} file.`);
    return path.join(folder, name);
  };
  return { name: full ? 'EWT' : 'EWT, excerpt', full, folder, train: file('train'), dev: file('dev') };
}

/** Why a bar is not held against what was measured. */
export const onlyExcerpt = { missing: 'only on the whole of EWT, which is not here or was not asked for' };

/** Development and training set as a tagger gets them. */
export interface TaggingText {
  readonly sentences: number;
  readonly tokens: number;
  /** One token a line, an empty line after each sentence. */
  readonly rows: string;
  /** Running text: one sentence a line, its tokens apart, an empty line after it. */
  readonly plain: string;
}

export function taggingText({ train, dev }: BenchCorpus): TaggingText {
  const sentences = [dev, train].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split(/\r?\n\r?\n/)
      // Rows of ranges (3-4) and of empty nodes (8.1) are no tokens.
      .map((block) =>
        block
          .split('\n')
          .filter((line) => /^\d+\t/.test(line))
          .map((line) => line.split('\t')[1]),
      )
      .filter((sentence) => sentence.length > 0),
  );
  return {
    sentences: sentences.length,
    tokens: sentences.reduce((sum, { length }) => sum + length, 0),
    rows: sentences.map((sentence) => `${sentence.join('\n')}\n\n`).join(''),
    plain: sentences.map((sentence) => `${sentence.join(' ')}\n\n`).join(''),
  };
}

/** Writes a file that goes when this process ends. */
export function temporaryFile(name: string, text: string): string {
  const file = path.join(temporaryFolder('bench'), name);
  writeFileSync(file, text);
  return file;
}

const models = new Map<string, string>();

/** A model to tag with, trained for one epoch: how fast it tags does not depend on how well. */
export async function taggingModel(corpus: BenchCorpus, network: TaggingNetwork): Promise<string> {
  const key = `${network}:${corpus.folder}`;
  const known = models.get(key);
  if (known !== undefined) return known;
  const model = path.join(temporaryFolder('bench'), 'upos.safetensors');
  await runCommandLine([
    'train',
    corpus.folder,
    '--column',
    'UPOS',
    '--epochs',
    '1',
    ...taggingNetworks[network].options,
    '--model',
    model,
  ]);
  models.set(key, model);
  return model;
}
