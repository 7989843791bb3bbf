/** Where the chosen model's key is kept: it outlasts the window. Whatever JSON may be there. */
export interface KeptChoice {
  get(): unknown;
  set(key: string): void;
}

/**
 * Which model labels: the chosen one. While a run goes on, its labels are shown instead, unless another model
 * is chosen meanwhile; it takes the place of the chosen model only once it is done. A run that is stopped, or
 * ends in any other way, leaves the model before it in use.
 */
export class ModelInUse {
  private training: string | undefined;
  private showsTraining = false;

  constructor(private readonly kept: KeptChoice) {}

  /** Its key; undefined where none was ever chosen. */
  get key(): string | undefined {
    if (this.showsTraining) return this.training;
    const kept = this.kept.get();
    return typeof kept === 'string' ? kept : undefined;
  }

  /** The run that goes on and has given a checkpoint. */
  get inTraining(): string | undefined {
    return this.training;
  }

  /** A run has given a checkpoint. */
  trains(key: string): void {
    if (key === this.training) return;
    this.training = key;
    this.showsTraining = true;
  }

  choose(key: string): void {
    this.showsTraining = false;
    this.kept.set(key);
  }

  /** The run that went on has ended. */
  ended(done: boolean): void {
    if (this.showsTraining && done && this.training !== undefined) this.kept.set(this.training);
    this.showsTraining = false;
    this.training = undefined;
  }
}
