/** What outlasts the window of the queue: decisions, the filter, and how far one is. */
import type { QueueDecisions, QueueFilter } from '../../corpus/queue/queue';
import { fieldsOf, isAmount, isText } from '../../record/keptFields';

/** Where it is kept; whatever JSON may be there. */
export interface KeptState {
  get(key: string): unknown;
  update(key: string, value: unknown): unknown;
}

const stateKey = 'rnnTagger.queue';

/** More are forgotten, the oldest first. */
const mostKept = 10_000;

export class QueueMemory implements QueueDecisions {
  private keptKeys: string[];
  private skippedKeys: string[];
  private filterNow: QueueFilter;
  private answeredNow: number;
  private models: readonly string[];

  constructor(private readonly state: KeptState) {
    const { kept, skipped, filter, answered, models } = fieldsOf(state.get(stateKey));
    this.keptKeys = textsOf(kept);
    this.skippedKeys = textsOf(skipped);
    this.filterNow = filterOf(filter);
    this.answeredNow = isAmount(answered) ? answered : 0;
    this.models = textsOf(models);
  }

  get kept(): ReadonlySet<string> {
    return new Set(this.keptKeys);
  }

  get skipped(): readonly string[] {
    return this.skippedKeys;
  }

  get filter(): QueueFilter {
    return this.filterNow;
  }

  /** Items that were answered or kept since {@link begin}. */
  get answered(): number {
    return this.answeredNow;
  }

  /** Never asked again. */
  keep(key: string): void {
    this.settle([key]);
    this.answer(key);
  }

  /** An answer to another question answers these as well: they are never asked. */
  settle(keys: readonly string[]): void {
    if (keys.length === 0) return;
    const added = new Set(keys);
    this.keptKeys = [...this.keptKeys.filter((other) => !added.has(other)), ...added].slice(-mostKept);
    this.write();
  }

  /** What was kept is asked again. */
  askAgain(): void {
    this.keptKeys = [];
    this.write();
  }

  answer(key: string): void {
    this.skippedKeys = this.skippedKeys.filter((other) => other !== key);
    this.answeredNow++;
    this.write();
  }

  /** Comes last, behind those that were skipped before. */
  skip(key: string): void {
    this.skippedKeys = [...this.skippedKeys.filter((other) => other !== key), key].slice(-mostKept);
    this.write();
  }

  setFilter(filter: QueueFilter): void {
    this.filterNow = filter;
    this.write();
  }

  /**
   * Says which models judge. Where one of them is new, what is answered counts from here; one that is missing may
   * not be loaded yet.
   */
  begin(models: readonly string[]): void {
    if (models.every((model) => this.models.includes(model))) return;
    this.models = models;
    this.answeredNow = 0;
    this.write();
  }

  private write(): void {
    const { keptKeys, skippedKeys, filterNow, answeredNow, models } = this;
    void this.state.update(stateKey, {
      kept: keptKeys,
      skipped: skippedKeys,
      filter: filterNow,
      answered: answeredNow,
      models,
    });
  }
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(isText) : [];
}

/** A filter, whatever was given. */
export function filterOf(value: unknown): QueueFilter {
  const { label, file, text } = fieldsOf(value);
  return {
    ...(isText(label) && { label }),
    ...(isText(file) && { file }),
    ...(isText(text) && { text }),
  };
}
