/**
 * The counts of `conlleval` (Tjong Kim Sang, CoNLL-2000 shared task) as its published script makes them: a walk over the
 * tokens with tables of which pairs of tags end and start a chunk, here with those for E and S as in Pyysalo's Python
 * version. It shares nothing with the project's own scorer.
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

function endOfChunk(previous: Tag, current: Tag): boolean {
  if (previous.tag === 'E' || previous.tag === 'S') return true;
  if (['B B', 'B S', 'B O', 'I B', 'I S', 'I O'].includes(`${previous.tag} ${current.tag}`)) return true;
  return previous.tag !== 'O' && previous.type !== current.type;
}

function startOfChunk(previous: Tag, current: Tag): boolean {
  if (current.tag === 'B' || current.tag === 'S') return true;
  if (['E E', 'E I', 'S E', 'S I', 'O E', 'O I'].includes(`${previous.tag} ${current.tag}`)) return true;
  return current.tag !== 'O' && previous.type !== current.type;
}

export interface ChunkCounts {
  readonly gold: number;
  readonly predicted: number;
  readonly correct: number;
}

/** Sentences of pairs of gold and predicted label. */
export function countChunks(sentences: readonly (readonly (readonly [gold: string, predicted: string])[])[]): ChunkCounts {
  let gold = 0;
  let predicted = 0;
  let correct = 0;
  let inCorrect = false;
  let lastGold = outside;
  let lastPredicted = outside;
  for (const sentence of sentences) {
    for (const [goldLabel, predictedLabel] of [...sentence, ['O', 'O'] as const]) {
      const currentGold = parse(goldLabel);
      const currentPredicted = parse(predictedLabel);
      const goldEnds = endOfChunk(lastGold, currentGold);
      const predictedEnds = endOfChunk(lastPredicted, currentPredicted);
      if (inCorrect) {
        if (goldEnds && predictedEnds && lastPredicted.type === lastGold.type) {
          inCorrect = false;
          correct++;
        } else if (goldEnds !== predictedEnds || currentPredicted.type !== currentGold.type) {
          inCorrect = false;
        }
      }
      const goldStarts = startOfChunk(lastGold, currentGold);
      const predictedStarts = startOfChunk(lastPredicted, currentPredicted);
      if (goldStarts && predictedStarts && currentPredicted.type === currentGold.type) inCorrect = true;
      if (goldStarts) gold++;
      if (predictedStarts) predicted++;
      lastGold = currentGold;
      lastPredicted = currentPredicted;
    }
  }
  return { gold, predicted, correct };
}
