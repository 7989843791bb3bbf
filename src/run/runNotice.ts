import type { DeviceName } from '../kernels/registry';
import type { CorpusFacts } from './facts';

/** Something that a person should know of how a run was trained. Whoever shows it puts it into words. */
export type RunNotice =
  /** The file names gave no development set: a tenth of the documents is held out. */
  | { readonly type: 'heldOut' }
  /** So many sentences are trained in windows. */
  | { readonly type: 'longSentences'; readonly count: number }
  /** The run went on from its last checkpoint; on the same device: with a fresh worker. */
  | { readonly type: 'moved'; readonly from: DeviceName; readonly to: DeviceName; readonly why: string }
  /** A person gave it another learning rate, of its schedule's start, after that step. */
  | { readonly type: 'learningRate'; readonly step: number; readonly learningRate: number }
  /** In words already, as older versions kept it. */
  | { readonly type: 'text'; readonly text: string };

/** What is to be known of a run for its corpus. */
export function corpusNotices({ heldOut, longSentences }: CorpusFacts): RunNotice[] {
  return [
    ...(heldOut ? [{ type: 'heldOut' } as const] : []),
    ...(longSentences > 0 ? [{ type: 'longSentences', count: longSentences } as const] : []),
  ];
}

/** The notices with further ones, each once. */
export function addNotices(notices: readonly RunNotice[], added: readonly RunNotice[]): readonly RunNotice[] {
  const known = new Set(notices.map((notice) => JSON.stringify(notice)));
  return [...notices, ...added.filter((notice) => !known.has(JSON.stringify(notice)))];
}
