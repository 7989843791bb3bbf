/** Draws at most ten times a second, in step with the screen, however many messages come. */
export const drawIntervalMs = 100;

export class Redraw {
  private wanted = false;
  private lastMs = -Infinity;

  constructor(private readonly draw: () => void) {}

  request(): void {
    if (this.wanted) return;
    this.wanted = true;
    const waitMs = this.lastMs + drawIntervalMs - performance.now();
    if (waitMs <= 0) requestAnimationFrame(this.frame);
    else setTimeout(() => requestAnimationFrame(this.frame), waitMs);
  }

  private readonly frame = (): void => {
    this.wanted = false;
    this.lastMs = performance.now();
    this.draw();
  };
}
