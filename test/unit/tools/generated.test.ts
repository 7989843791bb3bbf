import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { listedChoices } from '../../../src/model/settings/presentation';
import { schema, settingNames, settingOf } from '../../../src/model/settings/schema';
import type { SettingName } from '../../../src/model/settings/schema';
import { valueProblem } from '../../../src/model/settings/settings';
import { completeSettings, defaultSettings } from '../../../src/training/defaults';
import { settingsOfRun } from '../../../src/workspace/trainingSettings';
import { generators } from '../../../tools/generate/files';

describe('what `npm run generate` writes', () => {
  for (const [file, generate] of Object.entries(generators)) {
    it(`is what ${file} says`, () => {
      const text = readFileSync(file, 'utf8');
      assert.equal(generate(text), text, `${file} is not current: run \`npm run generate\`.`);
    });
  }

  const handMade = {
    'package.json': [/"rnnTagger\.training\.hidden": \{[^}]*"maximum": /, '$&1'],
    'package.nls.json': [/"setting\.training\.seed": "/, '$&My '],
    'README.md': [/\| `hidden` \| 128 /, '| `hidden` | 129 '],
  } as const;
  for (const [file, [what, by]] of Object.entries(handMade)) {
    it(`undoes a change that was made by hand in ${file}`, () => {
      const text = readFileSync(file, 'utf8');
      const changed = text.replace(what, by);
      assert.notEqual(changed, text);
      assert.equal(generators[file](changed), text);
    });
  }

  it('has an untrusted folder set nothing', () => {
    const text = readFileSync('package.json', 'utf8');
    const keys = JSON.parse(text).capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual([...keys].sort(), Object.keys(properties).sort());
    const changed = text.replace(/\n +"rnnTagger\.corpora\.include",/, '');
    assert.notEqual(changed, text);
    assert.equal(generators['package.json'](changed), text);
  });

  it('leaves alone what stands beside it in the same file', () => {
    const text = readFileSync('package.nls.json', 'utf8');
    const changed = text.replace('"command.train.title": "', '$&Now ');
    assert.notEqual(changed, text);
    assert.equal(generators['package.nls.json'](changed), changed);
  });
});

/** A setting as package.json describes it to the settings editor. */
interface Property {
  readonly type: string | readonly string[];
  readonly order: number;
  readonly default: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly items?: unknown;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly unknown[];
  readonly enumItemLabels?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription: string;
}

const texts: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'), (_, value) =>
  typeof value === 'string' && /^%.+%$/.test(value) ? texts[value.slice(1, -1)] : value,
);
const sections: { properties: Record<string, Property> }[] = manifest.contributes.configuration;
const properties: Record<string, Property> = Object.assign(
  {},
  ...sections.map((section) => section.properties),
);

const keyOf = (name: SettingName): string =>
  name === 'device' ? 'rnnTagger.device' : `rnnTagger.training.${name}`;
const propertyOf = (name: SettingName): Property => properties[keyOf(name)];
const typesOf = ({ type }: Property): readonly string[] => (typeof type === 'string' ? [type] : type);
const isTaken = (name: SettingName, value: unknown): boolean => valueProblem(name, value) === undefined;

const set = Object.fromEntries(settingNames.map((name) => [name, propertyOf(name)?.default]));

describe('training settings in the settings editor', () => {
  it('are all there, and no others', () => {
    const found = Object.keys(properties).filter(
      (key) => key === 'rnnTagger.device' || key.startsWith('rnnTagger.training.'),
    );
    assert.deepEqual(found.sort(), settingNames.map(keyOf).sort());
  });

  it('leave a run as it is without them: what follows from other settings is null', () => {
    assert.deepEqual(settingsOfRun(set, {}), defaultSettings);
    for (const input of schema.input.choices) {
      for (const optimizer of [undefined, ...schema.optimizer.choices]) {
        for (const batch of [undefined, 0, 1])
          assert.deepEqual(
            settingsOfRun({ ...set, input, optimizer, batch }, {}),
            completeSettings({ input, optimizer, batch }),
          );
      }
    }
  });

  it('may be null where that is the default, and only there', () => {
    for (const name of settingNames) {
      const property = propertyOf(name);
      assert.equal(typesOf(property).includes('null'), property.default === null, name);
      if (property.enum) assert.equal(property.enum.includes(null), property.default === null, name);
    }
  });

  it('say what null stands for', () => {
    const oneHot = completeSettings({ input: 'one-hot' });
    for (const name of settingNames.filter((name) => propertyOf(name).default === null)) {
      const { markdownDescription } = propertyOf(name);
      const [, after] = markdownDescription.split('`null`: ');
      assert.ok(after, `${name}: "${markdownDescription}" does not say it`);
      const said = after.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, ''));
      for (const settings of [defaultSettings, oneHot])
        assert.ok(
          said.includes(String(settings[name])),
          `${name}: "${after}" does not name ${settings[name]}`,
        );
    }
  });

  it('offer the words that a run takes, each with what it means', () => {
    for (const name of settingNames) {
      const property = propertyOf(name);
      const setting = settingOf(name);
      const words = setting.kind === 'switch' ? [true, false] : listedChoices(setting);
      const offered = property.enum?.filter((choice) => choice !== null) ?? [];
      assert.deepEqual(offered, words, name);
      for (const choice of offered) assert.ok(isTaken(name, choice), `${name}: ${String(choice)}`);
      assert.equal(property.enumDescriptions?.length, property.enum?.length, name);
      assert.ok((property.enumItemLabels ?? []).length <= (property.enum ?? []).length, name);
    }
    // It is for tests.
    assert.ok(!propertyOf('device').enum?.includes('reference'));
  });

  it('take the names of columns that a run takes', () => {
    const { type, items, maxItems, uniqueItems } = propertyOf('columns');
    assert.deepEqual(
      [type, items, maxItems, uniqueItems],
      ['array', { type: 'string', minLength: 1, maxLength: 200 }, 64, true],
    );
    const names = (count: number) => Array.from({ length: count }, (_, i) => `C${i}`);
    for (const value of [[], ['POS'], ['POS', '3'], names(64), ['x'.repeat(200)]])
      assert.ok(isTaken('columns', value), JSON.stringify(value));
    for (const value of [
      'POS',
      [''],
      [' '],
      ['POS', 'POS'],
      [3],
      { POS: true },
      names(65),
      ['x'.repeat(201)],
    ])
      assert.ok(!isTaken('columns', value), JSON.stringify(value));
  });

  it('have bounds, both of them', () => {
    for (const [key, property] of Object.entries(properties)) {
      const types = typesOf(property);
      if (types.includes('integer') || types.includes('number')) {
        assert.ok(property.minimum !== undefined || property.exclusiveMinimum !== undefined, key);
        assert.ok(property.maximum !== undefined || property.exclusiveMaximum !== undefined, key);
      } else if (types.includes('array')) {
        assert.ok(property.maxItems !== undefined, key);
        assert.ok((property.items as { maxLength?: number }).maxLength !== undefined, key);
      } else if (types.includes('object')) {
        assert.ok((property as { maxProperties?: number }).maxProperties !== undefined, key);
      } else assert.ok(property.enum ?? types.includes('boolean'), key);
    }
  });

  it('take the numbers that a run takes', () => {
    const numbers = settingNames.filter((name) => typeof defaultSettings[name] === 'number');
    assert.ok(numbers.length > 10);
    for (const name of numbers) {
      const property = propertyOf(name);
      const whole = typesOf(property).includes('integer');
      assert.ok(whole || typesOf(property).includes('number'), name);
      const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = property;
      const middle = minimum !== undefined ? minimum + 0.5 : 0.5;
      assert.equal(isTaken(name, middle), !whole, `${name}: ${middle}`);
      const bounds: [inside: number | undefined, outside: number | undefined][] = [
        [minimum, minimum === undefined ? undefined : minimum - (whole ? 1 : 1e-9)],
        [exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1e-9, exclusiveMinimum],
        [maximum, maximum === undefined ? undefined : maximum + (whole ? 1 : 1e-3)],
        [exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 1e-9, exclusiveMaximum],
      ];
      for (const [inside, outside] of bounds) {
        if (inside !== undefined) assert.ok(isTaken(name, inside), `${name}: ${inside}`);
        if (outside !== undefined) assert.ok(!isTaken(name, outside), `${name}: ${outside}`);
      }
      // Without a bound there, everything is taken.
      assert.equal(
        isTaken(name, -Number.MAX_VALUE),
        minimum === undefined && exclusiveMinimum === undefined,
        name,
      );
      assert.equal(
        isTaken(name, Number.MAX_VALUE),
        maximum === undefined && exclusiveMaximum === undefined,
        name,
      );
    }
  });
});
