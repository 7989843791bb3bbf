import { withoutBraces } from './globs';

/**
 * Whether a pattern of `readGlobs` matches a path below a workspace folder: `*`, `?`, `[…]` and `**` as in file
 * searches. Takes time proportional to both lengths for each pattern that the braces stand for.
 *
 * @param path with `/`, without the folder's name.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const parts = path.split('/');
  return withoutBraces(glob).some((simple) => matchesParts(simple.split('/'), parts));
}

function matchesParts(patterns: readonly string[], parts: readonly string[]): boolean {
  /** Whether the patterns so far match so many parts. */
  let reached = [true, ...parts.map(() => false)];
  for (const pattern of patterns) {
    const next = reached.map(() => false);
    if (pattern === '**') {
      let any = false;
      reached.forEach((is, i) => (next[i] = any ||= is));
    } else {
      parts.forEach((part, i) => (next[i + 1] = reached[i] && matchesName(pattern, part)));
    }
    reached = next;
  }
  return reached[parts.length];
}

function matchesName(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\[[!^]?\]?[^\]]*\]|[\s\S]/gu) ?? [];
  const characters = [...name];
  let reached = [true, ...characters.map(() => false)];
  for (const token of tokens) {
    const next = reached.map(() => false);
    if (token === '*') {
      let any = false;
      reached.forEach((is, i) => (next[i] = any ||= is));
    } else {
      characters.forEach((character, i) => (next[i + 1] = reached[i] && matchesOne(token, character)));
    }
    reached = next;
  }
  return reached[characters.length];
}

function matchesOne(token: string, character: string): boolean {
  if (token === '?') return true;
  if (token.length < 3 || !token.startsWith('[')) return token === character;
  const negated = token[1] === '!' || token[1] === '^';
  const members = [...token.slice(negated ? 2 : 1, -1)];
  const isMember = members.some((member, i) => {
    if (member === '-' && i > 0 && i + 1 < members.length)
      return members[i - 1] <= character && character <= members[i + 1];
    return member === character;
  });
  return isMember !== negated;
}
