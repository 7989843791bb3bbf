/**
 * The counts of `conlleval` (Tjong Kim Sang, CoNLL-2000 shared task) as its published script makes them: a
 * walk over the tokens with tables of which pairs of tags end and start a chunk. It shares nothing with the
 * project's own scorer.
 */
interface Tag {
  readonly tag: string;
  readonly type: string;
}

const outside: Tag = { tag: 'O', type: '' };

function parse(label: string): Tag {
  const match = /^([^-]*)-(.*)$/.exec(label);
  return match ? { tag: match[1], type: match[2] } : { tag: label, type: '' };
}

/**
 * Which pairs of a tag and the next one end a chunk between them, and which start one, whatever the types.
 */
export interface ChunkRules {
  readonly ends: readonly string[];
  readonly starts: readonly string[];
}

/** The script's tables, for IOB1, IOB2, IOE1 and IOE2. */
export const original: ChunkRules = {
  ends: ['B B', 'B O', 'I B', 'I O', 'E E', 'E I', 'E O'],
  starts: ['B B', 'I B', 'O B', 'O I', 'E E', 'E I', 'O E'],
};

/**
 * Those of Pyysalo's Python version, which knows IOBES too: E and S end a chunk and B and S start one beside
 * any tag.
 */
export const extended: ChunkRules = {
  ends: ['B B', 'B S', 'B O', 'I B', 'I S', 'I O', ...pairs('ES', 'BIESO')],
  starts: ['E E', 'E I', 'S E', 'S I', 'O E', 'O I', ...pairs('BIESO', 'BS')],
};

function pairs(before: string, after: string): string[] {
  return [...before].flatMap((one) => [...after].map((next) => `${one} ${next}`));
}

function endOfChunk(previous: Tag, current: Tag, { ends }: ChunkRules): boolean {
  if (ends.includes(`${previous.tag} ${current.tag}`)) return true;
  return previous.tag !== 'O' && previous.type !== current.type;
}

function startOfChunk(previous: Tag, current: Tag, { starts }: ChunkRules): boolean {
  if (starts.includes(`${previous.tag} ${current.tag}`)) return true;
  return current.tag !== 'O' && previous.type !== current.type;
}

export interface ChunkCounts {
  gold: number;
  predicted: number;
  correct: number;
}

/** Of all chunks, and of those of each type. */
export interface ChunkCount extends ChunkCounts {
  readonly types: ReadonlyMap<string, ChunkCounts>;
}

/** Sentences of pairs of gold and predicted label. */
export function countChunks(
  sentences: readonly (readonly (readonly [gold: string, predicted: string])[])[],
  rules: ChunkRules = extended,
): ChunkCount {
  const types = new Map<string, ChunkCounts>();
  const all = { gold: 0, predicted: 0, correct: 0 };
  const add = (type: string, what: 'gold' | 'predicted' | 'correct'): void => {
    const counts = types.get(type) ?? { gold: 0, predicted: 0, correct: 0 };
    types.set(type, counts);
    counts[what]++;
    all[what]++;
  };
  let inCorrect = false;
  let lastGold = outside;
  let lastPredicted = outside;
  for (const sentence of sentences) {
    for (const [goldLabel, predictedLabel] of [...sentence, ['O', 'O'] as const]) {
      const currentGold = parse(goldLabel);
      const currentPredicted = parse(predictedLabel);
      const goldEnds = endOfChunk(lastGold, currentGold, rules);
      const predictedEnds = endOfChunk(lastPredicted, currentPredicted, rules);
      if (inCorrect) {
        if (goldEnds && predictedEnds && lastPredicted.type === lastGold.type) {
          inCorrect = false;
          add(lastGold.type, 'correct');
        } else if (goldEnds !== predictedEnds || currentPredicted.type !== currentGold.type) {
          inCorrect = false;
        }
      }
      const goldStarts = startOfChunk(lastGold, currentGold, rules);
      const predictedStarts = startOfChunk(lastPredicted, currentPredicted, rules);
      if (goldStarts && predictedStarts && currentPredicted.type === currentGold.type) inCorrect = true;
      if (goldStarts) add(currentGold.type, 'gold');
      if (predictedStarts) add(currentPredicted.type, 'predicted');
      lastGold = currentGold;
      lastPredicted = currentPredicted;
    }
  }
  return { ...all, types };
}
