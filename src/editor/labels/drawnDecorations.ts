import type { LineRange } from '../../corpus/text/segments';
import type { Decoration, DecorationStyle } from './decorations';

/** The ranges of one style, to be set in one call. */
export interface StyledDecorations {
  readonly style: DecorationStyle;
  readonly decorations: readonly Decoration[];
}

interface Drawn {
  readonly style: DecorationStyle;
  decorations: readonly Decoration[];
  /** The text moved since: where the editor has the decorations now is known only to the editor. */
  moved: boolean;
}

/** What one editor shows, by style, so that only what changed is set anew. */
export class DrawnDecorations {
  private readonly byStyle = new Map<string, Drawn>();

  /** An edit: what touches the lines has moved with the text or may have. */
  edited({ first, last }: LineRange): void {
    for (const drawn of this.byStyle.values())
      drawn.moved ||= drawn.decorations.some(
        ({ startLine, endLine }) => endLine >= first && startLine <= last,
      );
  }

  /**
   * Takes the decorations that are to be shown from now on.
   * @returns what differs from what is shown: each style with all its decorations, none to remove them.
   */
  replace(decorations: readonly Decoration[]): StyledDecorations[] {
    const wanted = new Map<string, Decoration[]>();
    for (const decoration of decorations) {
      const key = styleKey(decoration.style);
      const same = wanted.get(key);
      if (same) same.push(decoration);
      else wanted.set(key, [decoration]);
    }
    const changed: StyledDecorations[] = [];
    for (const [key, { style }] of this.byStyle) {
      if (wanted.has(key)) continue;
      changed.push({ style, decorations: [] });
      this.byStyle.delete(key);
    }
    for (const [key, ofStyle] of wanted) {
      const before = this.byStyle.get(key);
      if (before && !before.moved && areEqual(before.decorations, ofStyle)) continue;
      const { style } = ofStyle[0];
      changed.push({ style, decorations: ofStyle });
      this.byStyle.set(key, { style, decorations: ofStyle, moved: false });
    }
    return changed;
  }

  get styles(): readonly DecorationStyle[] {
    return [...this.byStyle.values()].map(({ style }) => style);
  }
}

export const styleKey = ({ kind, colour, doubtful, text }: DecorationStyle): string =>
  `${kind} ${colour} ${doubtful === true} ${text}`;

function areEqual(a: readonly Decoration[], b: readonly Decoration[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (decoration, i) =>
        decoration.startLine === b[i].startLine &&
        decoration.startColumn === b[i].startColumn &&
        decoration.endLine === b[i].endLine &&
        decoration.endColumn === b[i].endColumn,
    )
  );
}
