import { messageOf } from '../common/errors';
import { decisionOn, ranked } from '../corpus/labels/labelDecisions';
import type { LabelDecision } from '../corpus/labels/labelDecisions';
import type { LabelFinding } from '../corpus/labels/labelFindings';
import { fieldsOf, isAmount, isFields, isText } from '../record/keptFields';
import type { Fields } from '../record/keptFields';
import { readText, writeWhole } from './storage';
import type { FileOperations } from './storage';

/** What the last search found. */
export interface FoundInCorpus {
  readonly column: string;
  /** Position of the column in the layout. */
  readonly index: number;
  /** The surest first. */
  readonly findings: readonly LabelFinding[];
}

const folder = 'labelErrors';
const foundFile = `${folder}/found.json`;
const decisionsFile = `${folder}/decisions.json`;

/** Keeps what was found and decided, beside the workspace's runs. */
export class LabelErrorStore {
  private foundLast: FoundInCorpus | undefined;
  private decisions: readonly LabelDecision[] = [];
  /** Writes are done one after the other. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly files: FileOperations,
    private readonly log: (message: string) => void,
  ) {}

  get found(): FoundInCorpus | undefined {
    return this.foundLast;
  }

  /** What is left to look at, in the order in which to. */
  get open(): LabelFinding[] {
    const { foundLast } = this;
    return foundLast ? ranked(foundLast.findings, this.decisions, foundLast.column) : [];
  }

  /** Labels of a column that a person keeps. */
  keptIn(column: string): LabelDecision[] {
    return this.decisions.filter((decision) => decision.kept && decision.column === column);
  }

  /** What is damaged is left out. */
  async load(): Promise<void> {
    this.decisions = await this.readDecisions();
    const kept = fieldsOf(await this.readJson(foundFile));
    const { column, index, findings } = kept;
    if (!isText(column) || !isAmount(index) || !Array.isArray(findings)) return;
    this.foundLast = { column, index, findings: findings.filter(isFinding) };
  }

  async setFound(found: FoundInCorpus): Promise<void> {
    this.foundLast = found;
    await this.write(foundFile, () => found);
  }

  /** Resolves once it is on the disk. Another window may have decided something in between. */
  async decide(findings: readonly LabelFinding[], kept: boolean): Promise<void> {
    const column = this.foundLast?.column;
    if (column === undefined) return;
    const added = findings.map((finding) => decisionOn(finding, column, kept));
    this.decisions = [...this.decisions, ...added];
    await this.write(decisionsFile, async () => {
      this.decisions = withoutRepeats([...(await this.readDecisions()), ...this.decisions]);
      return this.decisions;
    });
  }

  private write(path: string, content: () => unknown): Promise<void> {
    const write = async (): Promise<void> => {
      const text = JSON.stringify(await content());
      await writeWhole(this.files, path, new TextEncoder().encode(text));
    };
    const written = this.last.then(write);
    this.last = written.catch(() => undefined);
    return written;
  }

  private async readDecisions(): Promise<LabelDecision[]> {
    const kept = await this.readJson(decisionsFile);
    return Array.isArray(kept) ? kept.filter(isDecision) : [];
  }

  private async readJson(path: string): Promise<unknown> {
    const names = await this.files.files(folder).catch((): string[] => []);
    if (!names.includes(path.slice(folder.length + 1))) return undefined;
    try {
      return JSON.parse(await readText(this.files, path)) as unknown;
    } catch (error) {
      this.log(`What is kept of label errors could not be read (${path}): ${messageOf(error)}`);
      return undefined;
    }
  }
}

function withoutRepeats(decisions: readonly LabelDecision[]): LabelDecision[] {
  return [...new Map(decisions.map((decision) => [JSON.stringify(decision), decision])).values()];
}

function isOfToken(value: unknown): value is Fields {
  return (
    isFields(value) &&
    ['file', 'sentence', 'word', 'gold', 'suggested'].every((name) => isText(value[name])) &&
    isAmount(value.token)
  );
}

function isFinding(value: unknown): value is LabelFinding {
  return isOfToken(value) && isAmount(value.occurrence) && Number.isFinite(value.margin);
}

function isDecision(value: unknown): value is LabelDecision {
  return isOfToken(value) && isText(value.column) && typeof value.kept === 'boolean';
}
