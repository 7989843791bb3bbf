/** Where a few values are kept between sessions; `vscode.Memento` is one. Whatever JSON may be there. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const storeKey = 'rnnTagger.labels.files';
const mostFiles = 1_000;
const visibleKey = 'rnnTagger.labels.visible';

/** Whether labels are shown at all: unless they were switched off. */
export function labelsVisible(store: Store): boolean {
  return store.get(visibleKey) !== false;
}

export function setLabelsVisible(store: Store, visible: boolean): PromiseLike<void> {
  return store.update(visibleKey, visible);
}

/** For which files the user switched labels on or off, remembered for the workspace. */
export class FileChoices {
  private readonly choices: Map<string, boolean>;

  constructor(private readonly store: Store) {
    const kept = store.get(storeKey);
    this.choices = new Map(Array.isArray(kept) ? kept.filter(isChoice).slice(-mostFiles) : []);
  }

  get(uri: string): boolean | undefined {
    return this.choices.get(uri);
  }

  set(uri: string, on: boolean): void {
    this.choices.delete(uri);
    this.choices.set(uri, on);
    for (const oldest of this.choices.keys()) {
      if (this.choices.size <= mostFiles) break;
      this.choices.delete(oldest);
    }
    this.save();
  }

  forget(uri: string): void {
    if (this.choices.delete(uri)) this.save();
  }

  /** A file or folder has another name now. */
  rename(from: string, to: string): void {
    const moved = [...this.choices].filter(([uri]) => uri === from || uri.startsWith(`${from}/`));
    if (moved.length === 0) return;
    for (const [uri, on] of moved) {
      this.choices.delete(uri);
      this.choices.set(to + uri.slice(from.length), on);
    }
    this.save();
  }

  private save(): void {
    void this.store.update(storeKey, [...this.choices]);
  }
}

function isChoice(value: unknown): value is readonly [uri: string, on: boolean] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'boolean';
}
