import * as l10n from '../../common/l10n';
import { shownName } from '../../common/shownText';
import { attributeNamed } from './attributes';
import type { Lexicon } from './lexicon';
import type { AttributeValues, FeatureLists, Template } from './lists';

/** Throws the error that names the file. */
type Fail = (what: string) => never;

/** Farther than this nothing looks; a file that says so is damaged. */
const farthest = 16;

/** Rows are numbered in 31 bits. */
const mostRows = 2 ** 31 - 1;

/**
 * Checks what a model file says of features: the file may come from anywhere. `fail` is told what is wrong.
 */
export function readFeatureLists(json: unknown, fail: Fail): FeatureLists {
  const { templates, attributes, lexicon, oneHot } = isObject(json)
    ? json
    : fail(l10n.t('its features are no object'));
  if (typeof oneHot !== 'boolean') return fail(l10n.t('its features do not say whether they are one-hot'));
  if (!Array.isArray(templates) || templates.length === 0)
    return fail(l10n.t('its features have no templates'));
  if (!Array.isArray(attributes)) return fail(l10n.t('its features have no attributes'));
  const lists = {
    templates: templates.map((template) => readTemplate(template, fail)),
    attributes: attributes.map((attribute) => readAttribute(attribute, oneHot, fail)),
    ...(lexicon !== undefined && { lexicon: readLexicon(lexicon, fail) }),
    oneHot,
  };
  checkWhole(lists, fail);
  return lists;
}

function readTemplate(json: unknown, fail: Fail): Template {
  const { attribute, offset } = isObject(json)
    ? json
    : fail(l10n.t('one of its feature templates is no object'));
  if (typeof attribute !== 'string' || !attributeNamed(attribute))
    return fail(l10n.t('there is no feature {0}; a newer version may know it', shownName(String(attribute))));
  if (typeof offset !== 'number' || !Number.isInteger(offset) || Math.abs(offset) > farthest)
    return fail(l10n.t('the feature {0} has no sound offset', shownName(attribute)));
  return { attribute, offset };
}

function readAttribute(json: unknown, oneHot: boolean, fail: Fail): AttributeValues {
  const { name, values } = isObject(json) ? json : fail(l10n.t('one of its feature attributes is no object'));
  if (typeof name !== 'string') return fail(l10n.t('one of its feature attributes has no name'));
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string'))
    return fail(l10n.t('the values of the feature {0} are no list of strings', shownName(name)));
  // One-hot, the first is only a name for the unknown word; a token written like it is a word of its own.
  const looked = oneHot ? values.slice(1) : values;
  if (new Set(looked).size < looked.length)
    return fail(l10n.t('a value of the feature {0} stands twice', shownName(name)));
  return { name, values };
}

function checkWhole({ templates, attributes, oneHot }: FeatureLists, fail: Fail): void {
  const used = new Set(templates.map(({ attribute }) => attribute));
  const sizes = new Map(attributes.map(({ name, values }) => [name, values.length]));
  const missing = [...used].find((name) => !sizes.has(name));
  if (missing !== undefined) fail(l10n.t('the feature {0} has no values', shownName(missing)));
  if (sizes.size < attributes.length || sizes.size > used.size)
    fail(l10n.t('its feature attributes are not those of the templates, each once'));
  if (new Set(templates.map(({ attribute, offset }) => `${offset} ${attribute}`)).size < templates.length)
    fail(l10n.t('a feature template stands twice'));
  const [{ attribute, offset }] = templates;
  if (oneHot && (templates.length > 1 || attribute !== 'word' || offset !== 0))
    fail(l10n.t('it is one-hot, but its features are not the word alone'));
  if (oneHot && attributes[0].values.length === 0) fail(l10n.t('its vocabulary is empty'));
  const rows = templates.reduce((sum, template) => sum + sizes.get(template.attribute)! + 1, 0);
  if (rows > mostRows) fail(l10n.t('it has more features than can be numbered'));
}

function readLexicon(json: unknown, fail: Fail): Lexicon {
  const { words, frequent } = isObject(json) ? json : fail(l10n.t('its lexicon is no object'));
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string'))
    return fail(l10n.t('its lexicon is no list of words'));
  if (typeof frequent !== 'number' || !Number.isInteger(frequent) || frequent < 0 || frequent > words.length)
    return fail(l10n.t('its lexicon does not say which words are frequent'));
  return { words, frequent };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
