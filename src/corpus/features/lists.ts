/** Features as data: the templates to use, and what a model knows of them. */
import { attributeNamed, isPair } from './attributes';
import type { Attribute, PairAttribute, TokenAttribute } from './attributes';
import { lexiconRows } from './lexicon';
import type { Lexicon } from './lexicon';

/**
 * An attribute at a place relative to the token: 0 is the token's own, −1 that of the token before. A `pair`
 * stands at its left word's place, a `skip` at that of the word between.
 */
export interface Template {
  readonly attribute: string;
  readonly offset: number;
}

/** How features are made of training data. */
export interface FeatureSettings {
  readonly templates: readonly Template[];
  /**
   * By attribute: values at fewer tokens of the training data than this are left out. See {@link minimumOf}.
   */
  readonly minimum: Readonly<Record<string, number>>;
  /** Words of the training data are features of its characters, where it is known where words begin. */
  readonly lexicon?: boolean;
  /**
   * Exactly one id for each token, that of the word as `Vocabulary` numbers it. The templates are {@link
   * oneHotTemplates}.
   */
  readonly oneHot: boolean;
}

/** What a model knows of features: plain data for the model file. */
export interface FeatureLists {
  readonly templates: readonly Template[];
  /** Each attribute of the templates once. One-hot: the first value is a name for the unknown word. */
  readonly attributes: readonly AttributeValues[];
  readonly lexicon?: Lexicon;
  readonly oneHot: boolean;
}

export interface AttributeValues {
  readonly name: string;
  /** The most frequent first. */
  readonly values: readonly string[];
}

export const oneHotTemplates: readonly Template[] = [{ attribute: 'word', offset: 0 }];

/** Where the settings do not say: all words are kept, and of all else what occurs twice. */
export function minimumOf(attribute: string, { minimum }: Pick<FeatureSettings, 'minimum'>): number {
  const given = Object.hasOwn(minimum, attribute) ? minimum[attribute] : undefined;
  return given ?? (attribute === 'word' ? 1 : 2);
}

/** The columns of the file that a model reads beside the word, in the order of their templates. */
export function columnsOf({ templates }: Pick<FeatureLists, 'templates'>): string[] {
  return [...new Set(templates.flatMap(({ attribute: name }) => columnOf(attributeNamed(name)) ?? []))];
}

function columnOf(attribute: Attribute | undefined): string | undefined {
  return attribute && !isPair(attribute) ? attribute.column : undefined;
}

/** Numbers of an attribute's values. */
export type ValueNumbers = Pick<ReadonlyMap<string, number>, 'get'>;

/**
 * A template with its rows of the table: from `base` on one for each of the attribute's values. Templates of
 * one attribute share `values`.
 */
export interface PlacedTemplate {
  readonly attribute: TokenAttribute;
  readonly offset: number;
  readonly base: number;
  readonly values: ValueNumbers;
  /**
   * The row for a place outside of the sentence, where there can be one: before it if the offset is below 0,
   * else behind it.
   */
  readonly edge: number | undefined;
  /**
   * The row for a word that the model does not know, or is not to know; of attributes that name the word
   * itself. One-hot, it is the first of its values.
   */
  readonly unknown: number | undefined;
}

export interface PlacedPair {
  readonly attribute: PairAttribute;
  readonly offset: number;
  readonly base: number;
  readonly values: ValueNumbers;
}

/** How the rows of the table belong to templates. */
export interface FeatureLayout {
  readonly rows: number;
  readonly tokens: readonly PlacedTemplate[];
  readonly pairs: readonly PlacedPair[];
  /** The first row of the lexicon's, which stand behind all others; undefined where there is none. */
  readonly lexicon: number | undefined;
}

/**
 * Gives each template its rows, in the order of the templates.
 *
 * @throws {RangeError} there is no such attribute, or its values are missing.
 */
export function layOut({ templates, attributes, lexicon, oneHot }: FeatureLists): FeatureLayout {
  const numbers = new Map(
    attributes.map(({ name, values }) => [name, new Map(values.map((value, number) => [value, number]))]),
  );
  const sizes = new Map(attributes.map(({ name, values }) => [name, values.length]));
  const tokens: PlacedTemplate[] = [];
  const pairs: PlacedPair[] = [];
  let rows = 0;
  for (const { attribute: name, offset } of templates) {
    const attribute = attributeNamed(name);
    const values = numbers.get(name);
    if (!attribute || !values) throw new RangeError(`There is no attribute ${name}.`);
    const base = rows;
    rows += sizes.get(name)!;
    if (isPair(attribute)) pairs.push({ attribute, offset, base, values });
    else
      tokens.push({
        attribute,
        offset,
        base,
        values,
        edge: offset === 0 ? undefined : rows++,
        unknown: attribute.identity && !oneHot ? rows++ : undefined,
      });
  }
  return { rows: rows + (lexicon ? lexiconRows : 0), tokens, pairs, lexicon: lexicon && rows };
}
