/**
 * Decisions by the classes that a place in a text belongs to, from wide to narrow ones: a rule says yes or no
 * for all places of its class, and the narrowest rule that there is decides. Where there is none, what was
 * decided without rules stays.
 */

/** By class. */
export type Rules = ReadonlyMap<string, boolean>;

/** A place to decide on. */
export interface Place {
  /** What is decided without rules. */
  readonly base: boolean;
  /** The classes that it belongs to, from wide to narrow; empty where there is none on that level. */
  readonly classes: readonly string[];
}

/** The decision for a place. */
export function decide(rules: Rules, { base, classes }: Place): boolean {
  for (let level = classes.length - 1; level >= 0; level--) {
    const rule = classes[level] === '' ? undefined : rules.get(classes[level]);
    if (rule !== undefined) return rule;
  }
  return base;
}

/** A place of the training data, with what is right there and how often it occurs. */
interface Example extends Place {
  readonly right: boolean;
  readonly count: number;
}

/** Counts of what is right for the places of a class, and of how many are decided wrongly so far. */
interface Counts {
  yes: number;
  no: number;
  wrong: number;
}

/** A rule with how many decisions it puts right. */
interface Gain {
  readonly name: string;
  readonly answer: boolean;
  readonly gain: number;
}

/** A rule must put right at least so many decisions more than it spoils. */
const leastGain = 2;

/**
 * Learns rules from examples, level by level: a class gets one where that puts more decisions right than chance
 * would. Takes the same examples to the same rules, whatever their order.
 */
export class RuleLearner {
  private readonly examples = new Map<string, Example & { count: number }>();

  add(place: Place, right: boolean, count: number): void {
    const name = `${place.base ? 1 : 0}${right ? 1 : 0}${place.classes.join('\n')}`;
    const known = this.examples.get(name);
    if (known) known.count += count;
    else this.examples.set(name, { ...place, right, count });
  }

  /** The rules that gain the most, `most` of them at most. */
  learn(most: number): Map<string, boolean> {
    const examples = [...this.examples.values()];
    const decisions = examples.map(({ base }) => base);
    const levels = examples.reduce((levels, { classes }) => Math.max(levels, classes.length), 0);
    const gains: Gain[] = [];
    for (let level = 0; level < levels; level++) {
      const found = gainsOf(examples, decisions, level);
      gains.push(...found.values());
      examples.forEach(({ classes }, i) => {
        const rule = found.get(classes.at(level) ?? '');
        if (rule) decisions[i] = rule.answer;
      });
    }
    gains.sort((a, b) => b.gain - a.gain || (a.name < b.name ? -1 : 1));
    return new Map(gains.slice(0, most).map(({ name, answer }) => [name, answer]));
  }
}

function gainsOf(
  examples: readonly Example[],
  decisions: readonly boolean[],
  level: number,
): Map<string, Gain> {
  const byClass = new Map<string, Counts>();
  examples.forEach(({ classes, right, count }, i) => {
    const name = classes.at(level) ?? '';
    if (name === '') return;
    let counts = byClass.get(name);
    if (!counts) byClass.set(name, (counts = { yes: 0, no: 0, wrong: 0 }));
    if (right) counts.yes += count;
    else counts.no += count;
    if (decisions[i] !== right) counts.wrong += count;
  });
  const gains = new Map<string, Gain>();
  for (const [name, { yes, no, wrong }] of byClass) {
    const gain = wrong - Math.min(yes, no);
    // With as many put right as spoiled on average, the difference is as large as this by chance.
    if (gain >= leastGain && gain >= Math.sqrt(wrong + Math.min(yes, no)))
      gains.set(name, { name, answer: yes > no, gain });
  }
  return gains;
}
