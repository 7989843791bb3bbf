/** What outlasts the window of the queue: decisions, the filter, and how far one is. */
import type { QueueDecisions, QueueFilter } from '../../corpus/queue/queue';
import { fieldsOf, isAmount, isText } from '../../workspace/keptFields';

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
  private models: string;

  constructor(private readonly state: KeptState) {
    const { kept, skipped, filter, answered, models } = fieldsOf(state.get(stateKey));
    this.keptKeys = textsOf(kept);
    this.skippedKeys = textsOf(skipped);
    this.filterNow = filterOf(filter);
    this.answeredNow = isAmount(answered) ? answered : 0;
    this.models = isText(models) ? models : '';
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
    this.keptKeys = [...this.keptKeys.filter((other) => other !== key), key].slice(-mostKept);
    this.answer(key);
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

  /** Says which models judge: where they are others than before, what is answered counts from here. */
  begin(models: string): void {
    if (models === this.models) return;
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
