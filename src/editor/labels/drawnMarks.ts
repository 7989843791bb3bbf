import type { Mark, MarkStyle } from './marks';

/** The ranges of one style, to be set in one call. */
export interface StyledRanges {
  readonly style: MarkStyle;
  readonly marks: readonly Mark[];
}

interface Drawn {
  readonly style: MarkStyle;
  marks: readonly Mark[];
  /** The text moved since: where the editor has the marks now is known only to the editor. */
  moved: boolean;
}

/** What one editor shows, by style, so that only what changed is set anew. */
export class DrawnMarks {
  private readonly byStyle = new Map<string, Drawn>();

  /** An edit: what stands at or below its first line has moved with the text or may have. */
  edited(firstLine: number): void {
    for (const drawn of this.byStyle.values())
      drawn.moved ||= drawn.marks.some(({ endLine }) => endLine >= firstLine);
  }

  /**
   * Takes the marks that are to be shown from now on.
   * @returns what differs from what is shown: each style with all its marks, none to remove them.
   */
  replace(marks: readonly Mark[]): StyledRanges[] {
    const wanted = new Map<string, Mark[]>();
    for (const mark of marks) {
      const key = styleKey(mark.style);
      const same = wanted.get(key);
      if (same) same.push(mark);
      else wanted.set(key, [mark]);
    }
    const changed: StyledRanges[] = [];
    for (const [key, { style }] of this.byStyle) {
      if (wanted.has(key)) continue;
      changed.push({ style, marks: [] });
      this.byStyle.delete(key);
    }
    for (const [key, ofStyle] of wanted) {
      const before = this.byStyle.get(key);
      if (before && !before.moved && areEqual(before.marks, ofStyle)) continue;
      const { style } = ofStyle[0];
      changed.push({ style, marks: ofStyle });
      this.byStyle.set(key, { style, marks: ofStyle, moved: false });
    }
    return changed;
  }

  get styles(): readonly MarkStyle[] {
    return [...this.byStyle.values()].map(({ style }) => style);
  }
}

export const styleKey = ({ kind, colour, text }: MarkStyle): string => `${kind} ${colour} ${text}`;

function areEqual(a: readonly Mark[], b: readonly Mark[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      (mark, i) =>
        mark.startLine === b[i].startLine &&
        mark.startColumn === b[i].startColumn &&
        mark.endLine === b[i].endLine &&
        mark.endColumn === b[i].endColumn,
    )
  );
}
