/**
 * Glob patterns from settings. A folder's settings may come with the folder, so patterns are bounded: what
 * their braces multiply out to, and how long it takes to match them.
 */

/** A list of patterns as it was set, and what of it is of no use. */
export interface GlobList {
  readonly globs: readonly string[];
  readonly leftOut: readonly LeftOutGlob[];
}

export interface LeftOutGlob {
  readonly glob: string;
  readonly fault: GlobFault;
}

/**
 * `length`: longer than {@link longestGlob}. `braces`: stands for more than {@link mostAlternatives}
 * patterns. `stars`: more than {@link mostStars} `*` in a part of the path, or more than {@link mostDeepStars}
 * `**`. `many`: the list is too long, or all of it stands for more than {@link mostAlternativesTogether}.
 */
export type GlobFault = 'length' | 'braces' | 'stars' | 'many';

/** The manifest has the first two of these bounds too. */
export const longestGlob = 500;
export const mostGlobs = 200;
export const mostAlternatives = 100;
export const mostAlternativesTogether = 1_000;
/** Matching goes back at each `*`: its time grows with the length of a name to the power of their number. */
export const mostStars = 3;
export const mostDeepStars = 4;

/** The patterns of a setting, whatever its value is: what is no text is not looked at. */
export function readGlobs(value: unknown): GlobList {
  const given = Array.isArray(value) ? value : [];
  const globs: string[] = [];
  const leftOut: LeftOutGlob[] = [];
  let alternatives = 0;
  for (const glob of given) {
    if (typeof glob !== 'string' || glob === '') continue;
    let fault = faultOf(glob);
    if (fault === undefined) {
      const count = alternativesOf(glob);
      if (globs.length >= mostGlobs || alternatives + count > mostAlternativesTogether) fault = 'many';
      else alternatives += count;
    }
    if (fault === undefined) globs.push(glob);
    // A list without end is told of by its first patterns.
    else if (leftOut.length < mostGlobs) leftOut.push({ glob, fault });
  }
  return { globs, leftOut };
}

function faultOf(glob: string): GlobFault | undefined {
  if (glob.length > longestGlob) return 'length';
  if (alternativesOf(glob) > mostAlternatives) return 'braces';
  return withoutBraces(glob).some(hasManyStars) ? 'stars' : undefined;
}

function hasManyStars(glob: string): boolean {
  const parts = glob.split('/');
  return (
    parts.filter((part) => part === '**').length > mostDeepStars ||
    parts.some((part) => part !== '**' && part.split('*').length - 1 > mostStars)
  );
}

/** How many patterns without braces a pattern stands for, or more; takes time linear in its length. */
function alternativesOf(glob: string): number {
  /** Of an open brace: what stands between it and the last comma, that comma and here, and all of it. */
  const open = [{ before: 0, current: 1, all: 1 }];
  const multiply = (count: number): void => {
    const inner = open[open.length - 1];
    inner.current *= count;
    inner.all *= count;
  };
  for (const mark of glob) {
    const inner = open[open.length - 1];
    if (mark === '{') open.push({ before: 0, current: 1, all: 1 });
    else if (mark === ',' && open.length > 1) {
      inner.before += inner.current;
      inner.current = 1;
    } else if (mark === '}' && open.length > 1) {
      open.pop();
      multiply(inner.before + inner.current);
    }
  }
  // A brace that is not closed is a character like any other.
  return open.reduce((product, { all }) => product * all, 1);
}

/**
 * Several patterns of {@link readGlobs} as one. Braces in them are multiplied out: not every file search
 * understands braces within braces. None: `undefined`.
 */
export function joinGlobs(globs: readonly string[]): string | undefined {
  const simple = globs.flatMap(withoutBraces);
  // A comma that is meant as one would part the pattern: `?` stands for any character.
  return simple.length > 1 ? `{${simple.map((glob) => glob.replaceAll(',', '?')).join(',')}}` : simple[0];
}

/** `**` + `/*.{a,b}` as two patterns. Braces that do not match are left as they are. */
export function withoutBraces(glob: string): string[] {
  const end = glob.indexOf('}');
  const start = end < 0 ? -1 : glob.lastIndexOf('{', end);
  if (start < 0) return [glob];
  // The innermost braces first: theirs are the commas between them.
  const [before, after] = [glob.slice(0, start), glob.slice(end + 1)];
  return [
    ...new Set(
      glob
        .slice(start + 1, end)
        .split(',')
        .flatMap((choice) => withoutBraces(before + choice + after)),
    ),
  ];
}
