import * as l10n from '../common/l10n';
import type { Problem, ProblemFix } from '../common/problem';
import { mendingOf } from './fixes';

/** Of one kind, this many problems of a file are listed one by one. */
export const listedPerCode = 20;

/**
 * Collects a file's problems. Of each kind the first {@link listedPerCode} are kept, and one more that counts
 * the rest.
 */
export class ProblemList {
  private readonly listed: Problem[] = [];
  private readonly more = new Map<string, { readonly first: Problem; count: number }>();
  private readonly counts = new Map<string, number>();
  private readonly mendings = new Map<string, number>();

  /** @param perCode so many of a kind are listed. */
  constructor(
    private readonly file: string,
    private readonly perCode = listedPerCode,
  ) {}

  add(
    severity: Problem['severity'],
    code: string,
    message: string,
    place: {
      /** The file that the place is in, where that is another one. */
      readonly file?: string;
      readonly line: number;
      readonly startColumn?: number;
      readonly endColumn?: number;
      readonly fix?: ProblemFix;
    },
  ): void {
    const { line, startColumn = 0, endColumn = 0, file = this.file, fix } = place;
    const mended = fix && { fix };
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    const mending = mendingOf({ file, code, fix });
    if (mending !== undefined) this.mendings.set(mending, (this.mendings.get(mending) ?? 0) + 1);
    if (count <= this.perCode) {
      this.listed.push({ file, line, startColumn, endColumn, severity, code, message, ...mended });
      return;
    }
    const rest = this.more.get(code);
    if (rest) rest.count++;
    else
      this.more.set(code, {
        first: { file, line, startColumn, endColumn, severity, code, message, ...mended },
        count: 1,
      });
  }

  /** All problems by line. */
  finish(): Problem[] {
    const all = [...this.listed];
    for (const { first, count } of this.more.values()) {
      all.push(
        count === 1
          ? first
          : {
              ...first,
              message: l10n.t(
                '{0} (And {1} more like this below.)',
                first.message,
                (count - 1).toLocaleString('en'),
              ),
            },
      );
    }
    return all
      .map((problem) => this.withAlike(problem))
      .sort((a, b) => a.line - b.line || a.startColumn - b.startColumn);
  }

  private withAlike(problem: Problem): Problem {
    const mending = mendingOf(problem);
    const alike = mending === undefined ? 0 : (this.mendings.get(mending) ?? 0);
    return alike > 1 ? { ...problem, alike } : problem;
  }
}
