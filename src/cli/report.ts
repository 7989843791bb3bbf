/** What the command line shows a person, on stderr: stdout is for results. */
import { InputError, stackOf } from '../common/errors';
import { formatLoss, formatPercent } from '../common/figures';
import type { Problem } from '../common/problem';
import { shownLine, shownNames } from '../common/shownText';
import type { Recall, Scores, ScoreDetails } from '../training/scores';
import type { ChoiceError } from './usageError';

const shownProblems = 20;

/** Characters of a message that are shown: names and labels in it may be of any length. */
const longestMessage = 1000;
const longestPath = 400;

/** Problems as compilers print them: file:line:column. */
export function printProblems(problems: readonly Problem[]): void {
  for (const { file, line, startColumn, severity, message } of problems.slice(0, shownProblems)) {
    const place = `${shownLine(file, longestPath)}:${line + 1}:${startColumn + 1}`;
    process.stderr.write(`${place}: ${severity}: ${shownLine(message, longestMessage)}\n`);
  }
  if (problems.length > shownProblems)
    process.stderr.write(`… and ${problems.length - shownProblems} more.\n`);
}

/** Tells which of the columns that a model reads the input lacks. */
export function printMissingColumns(names: readonly string[]): void {
  if (names.length === 0) return;
  process.stderr.write(
    `The model also reads the ${names.length === 1 ? 'column' : 'columns'} ${shownNames(names)}, which this input does not have: labels will be worse.\n`,
  );
}

/** A line of its own for what a person should know. */
export function printNotice(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** An error that a person can act on; the stack only for faults of the program. */
export function describeError(error: unknown): string {
  if (error instanceof InputError) {
    const { file, line, hint } = error.details;
    const name = file === undefined ? undefined : shownLine(file, longestPath);
    const place = name === undefined ? '' : line === undefined ? `${name}: ` : `${name}:${line + 1}: `;
    const message = shownLine(error.message, longestMessage);
    return `${place}${message}${hint ? `\n${shownLine(hint, longestMessage)}` : ''}`;
  }
  return stackOf(error);
}

/** What is unclear, and each option that would say it, with what it leads to. */
export function describeChoices({ message, choices }: ChoiceError): string {
  const lines = choices.flatMap(({ option, lines: examples }) => [
    `  ${option}`,
    ...examples.map((line) => `      ${line}`),
  ]);
  return [`${message} Say it with one of:`, ...lines].join('\n');
}

/** @param words where they are known. */
export function describeScores(scores: Scores, { words, calibration }: Partial<ScoreDetails> = {}): string {
  const parts = [`loss ${formatLoss(scores.loss)}`, `accuracy ${formatPercent(scores.accuracy)}`];
  if (scores.spans)
    parts.push(
      `precision ${formatPercent(scores.spans.precision)}`,
      `recall ${formatPercent(scores.spans.recall)}`,
      `F1 ${formatPercent(scores.spans.f1)}`,
    );
  if (calibration)
    parts.push(
      `calibration error ${calibration.ece.toFixed(4)} (temperature ${calibration.temperature.toFixed(2)})`,
    );
  if (words)
    parts.push(
      `OOV recall ${recallText(words.outOfVocabulary)}`,
      `IV recall ${recallText(words.inVocabulary)}`,
    );
  return parts.join(', ');
}

function recallText({ recall, gold }: Recall): string {
  return gold > 0 ? formatPercent(recall) : '(no such word)';
}

/** Scores in the JSON result. Recall of no word is left out. */
export function scoresJson(
  scores: Scores,
  { words, calibration }: Partial<ScoreDetails> = {},
): Record<string, number> {
  const { loss, accuracy, spans } = scores;
  return {
    loss,
    accuracy,
    ...(spans && { precision: spans.precision, recall: spans.recall, f1: spans.f1 }),
    ...(calibration && { calibrationError: calibration.ece, temperature: calibration.temperature }),
    ...(words && words.outOfVocabulary.gold > 0 && { oovRecall: words.outOfVocabulary.recall }),
    ...(words && words.inVocabulary.gold > 0 && { ivRecall: words.inVocabulary.recall }),
  };
}

/** One line that is drawn over while it lasts; nothing where there is no terminal. */
export class ProgressLine {
  private readonly terminal = process.stderr.isTTY;
  private drawn = false;

  /** @param share done, 0 to 1. */
  draw(share: number, text: string): void {
    if (!this.terminal) return;
    const width = Math.max(20, process.stderr.columns || 80);
    const bar = Math.max(5, Math.min(30, width - text.length - 4));
    const full = Math.round(Math.min(1, Math.max(0, share)) * bar);
    process.stderr.write(`\r\x1b[K${'█'.repeat(full)}${'░'.repeat(bar - full)} ${text}`.slice(0, width + 4));
    this.drawn = true;
  }

  /** A line that stays, above the one that moves. */
  print(text: string): void {
    this.clear();
    process.stderr.write(`${text}\n`);
  }

  clear(): void {
    if (this.drawn) process.stderr.write('\r\x1b[K');
    this.drawn = false;
  }
}
