/** Which labels an editor shows, and in what form. */

/**
 * The styles, in the order in which one steps through them. `automatic`: in a corpus file what differs and what
 * is doubtful, a thin bar for what agrees; in text a form that takes no width where lines wrap. `labels`: each
 * label, written out. `underlines`: as `automatic`, and no width taken in any text. `doubtful`: nothing but what
 * differs and what is doubtful.
 */
export const labelStyles = ['automatic', 'labels', 'underlines', 'doubtful'] as const;
export type LabelStyle = (typeof labelStyles)[number];

/** The style that a setting says; anything else than a style is `automatic`. */
export function readStyle(value: unknown): LabelStyle {
  return labelStyles.find((style) => style === value) ?? 'automatic';
}

export function nextStyle(style: LabelStyle): LabelStyle {
  return labelStyles[(labelStyles.indexOf(style) + 1) % labelStyles.length];
}

/** How the labels of one document are drawn. */
export interface LabelDrawing {
  /** What stands at a row whose label agrees with gold, and is not doubtful. */
  readonly agreement: 'label' | 'bar' | 'none';
  /** `pills` stand behind their words; `underlines` take no width. */
  readonly inText: 'pills' | 'underlines';
  /** Labels that the model is sure of are left out where there is no gold label to differ from. */
  readonly onlyDoubtful: boolean;
  /** Punctuation shows its label. */
  readonly punctuation: boolean;
}

/** @param wraps whether the editor breaks lines that are longer than it is wide. */
export function drawingOf(style: LabelStyle, wraps: boolean, punctuation: boolean): LabelDrawing {
  return {
    agreement: style === 'labels' ? 'label' : style === 'doubtful' ? 'none' : 'bar',
    inText: style === 'underlines' || (wraps && style !== 'labels') ? 'underlines' : 'pills',
    onlyDoubtful: style === 'doubtful',
    punctuation,
  };
}

/** A label, or a span, that is less probable than this is doubtful. */
const doubtBelow = 0.6;

export const isDoubtful = (probability: number): boolean => probability < doubtBelow;

/** Whether a word is punctuation and nothing else. Signs that are read aloud (`&`, `%`, `§`) are not. */
export function isPunctuation(word: string): boolean {
  return /^(?:(?![&%‰@#§†‡*])\p{P})+$/u.test(word);
}
