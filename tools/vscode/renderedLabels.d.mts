export interface RenderedLabel {
  /** What is drawn, such as `NOUN`. */
  label: string;
  /** The line's text up to the label. */
  before: string;
}
export interface RenderedLine {
  /** The document's URI. */
  file: string;
  /** From 1; 0 for the second and later rows of a wrapped line. */
  line: number;
  text: string;
  labels: RenderedLabel[];
}
/**
 * Every visible line of every visible editor, from the top down, with the labels drawn in it. Runs in the
 * page.
 */
export function renderedLabels(): RenderedLine[];
