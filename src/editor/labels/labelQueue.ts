/**
 * What is to be labelled next, over all editors: one editor after the other, so that one request at a time is
 * with the tagger. An editor that is in line takes its turn with the text and the viewport that it has then:
 * what is out of date by that time is never asked for.
 */
export class LabelQueue {
  private readonly waiting = new Set<() => Promise<void>>();
  private running = false;

  /**
   * Puts a turn in line, unless it waits already; one that is under way may wait for its next. A turn must
   * not reject.
   */
  add(turn: () => Promise<void>): void {
    this.waiting.add(turn);
    if (!this.running) void this.run();
  }

  remove(turn: () => Promise<void>): void {
    this.waiting.delete(turn);
  }

  private async run(): Promise<void> {
    this.running = true;
    for (const turn of this.waiting) {
      this.waiting.delete(turn);
      await turn();
    }
    this.running = false;
  }
}
