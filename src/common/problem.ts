/** Something wrong with an input file, at its place, as the Problems panel shows it. */
export interface Problem {
  /** The file as the caller named it: a path on the command line, a URI in the editor. */
  readonly file: string;
  /** Line, counted from 0. */
  readonly line: number;
  /** UTF-16 columns in that line, from 0; `endColumn` is exclusive. Both 0: the whole line. */
  readonly startColumn: number;
  readonly endColumn: number;
  readonly severity: 'error' | 'warning' | 'information';
  /** A stable name for the kind of problem, such as `too-few-columns`. */
  readonly code: string;
  readonly message: string;
  /** What would mend it, where that is plain. */
  readonly fix?: ProblemFix;
  /** How many problems of the file the same mends, this one among them; where that is more than one. */
  readonly alike?: number;
}

/**
 * One of `to` in the place of `from`, which stands where the problem is told, or else is the line's last such
 * field; without `from`, behind all that the line has.
 */
export interface ProblemFix {
  readonly from?: string;
  readonly to: readonly string[];
  /** What it does, where `from` and `to` would not say so. */
  readonly does?: string;
}
