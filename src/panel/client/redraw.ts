/** Draws at most ten times a second, in step with the screen, however many messages come. */
const drawIntervalMs = 100;

/** Nobody sees the page: it is kept for the trainer in it, and the browser takes it for visible. */
let hidden = false;
const heldBack = new Set<Redraw>();

/** What was to be drawn while the page was hidden is drawn once it is shown. */
export function setVisible(visible: boolean): void {
  hidden = !visible;
  if (hidden) return;
  const held = [...heldBack];
  heldBack.clear();
  for (const redraw of held) redraw.request();
}

export class Redraw {
  private wanted = false;
  private lastMs = -Infinity;

  constructor(private readonly draw: () => void) {}

  request(): void {
    if (this.wanted) return;
    if (hidden) {
      heldBack.add(this);
      return;
    }
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
