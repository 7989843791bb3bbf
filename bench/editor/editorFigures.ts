/** What the program in the extension host is told, and what it measures. */
import type { EditorFiles } from './editorFiles';

export interface EditorRequest extends Pick<EditorFiles, 'rows' | 'texts'> {
  readonly edits: number;
  /** Of typing with labels and without, and keys of each. */
  readonly pairs: number;
  readonly keys: number;
  /** Where to write the figures. */
  readonly result: string;
}

/** From each key to its character, in ms: for each pair those with labels, and those without. */
export interface TypingFigures {
  readonly labels: number[][];
  readonly without: number[][];
}

/** Of files of one kind, in ms. */
export interface FileFigures {
  /** From the text on screen to the first label. */
  readonly opening: readonly number[];
  /** The same of a decoration that an extension sets as soon as it hears of the editor: what VS Code itself takes. */
  readonly openingBare: readonly number[];
  /** From the key to another label on screen. */
  readonly editing: readonly number[];
  /** The same of a decoration that is set as soon as an extension hears of the edit. */
  readonly editingBare: readonly number[];
  readonly typing: TypingFigures;
  readonly typingTraining: TypingFigures;
}

export interface EditorFigures {
  readonly rows: FileFigures;
  readonly text: FileFigures;
}
