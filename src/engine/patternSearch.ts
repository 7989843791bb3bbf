import type { Disposable } from '../common/events';
import * as l10n from '../common/l10n';
import type { Reader } from './engine';

/** Why a regular expression found nothing: it is none, it takes too long, or the search was ended. */
export type PatternFault = 'invalid' | 'slow' | 'ended';

export class PatternError extends Error {
  override readonly name = 'PatternError';
  constructor(readonly fault: PatternFault) {
    super(l10n.t('The regular expression cannot be used: {0}.', fault));
  }
}

/** Texts that are looked at before there must be an answer. */
const textsAtOnce = 500;

/** What so many texts may take, on a busy machine, in ms: any usual expression needs less than one. */
const limitMs = 10_000;

/**
 * Finds what a user's regular expression matches, in a worker of its own, which is ended where the expression
 * takes too long: one such as `(a+)+b` may need longer than the universe is old.
 */
export class PatternSearch implements Disposable {
  private readonly known = new Map<string, boolean>();
  private readonly reader: Reader;
  private readonly end: Promise<never>;
  private fail: (error: Error) => void = () => undefined;

  /** @param limit how long a few hundred texts may take, in ms. */
  constructor(
    createReader: () => Reader,
    private readonly pattern: string,
    private readonly limit = limitMs,
  ) {
    this.reader = createReader();
    this.end = new Promise<never>((_, reject) => (this.fail = reject));
    // Nobody may be waiting when it ends.
    this.end.catch(() => undefined);
  }

  /** Those of the texts that match. Rejects with a {@link PatternError}, or where the worker dies. */
  async matching(texts: Iterable<string>): Promise<ReadonlySet<string>> {
    const all = new Set(texts);
    const asked = [...all].filter((text) => !this.known.has(text));
    // The worker's start is not counted.
    if (this.known.size === 0) await this.ask([]);
    for (let i = 0; i < asked.length; i += textsAtOnce) {
      const some = asked.slice(i, i + textsAtOnce);
      const timer = setTimeout(() => this.stop('slow'), this.limit);
      try {
        const matches = await this.ask(some);
        some.forEach((text, t) => this.known.set(text, matches[t]));
      } finally {
        clearTimeout(timer);
      }
    }
    return new Set([...all].filter((text) => this.known.get(text)));
  }

  /** Ends the search at once, and what waits for it. */
  dispose(): void {
    this.stop('ended');
  }

  private async ask(texts: readonly string[]): Promise<readonly boolean[]> {
    const answer = this.reader.matches({ pattern: this.pattern, texts });
    const matches = await Promise.race([this.end, answer]);
    if (!matches) throw new PatternError('invalid');
    return matches;
  }

  private stop(fault: PatternFault): void {
    this.fail(new PatternError(fault));
    this.reader.dispose();
  }
}
