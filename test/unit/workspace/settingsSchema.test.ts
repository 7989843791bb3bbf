import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { usage } from '../../../src/cli/usage';
import { devices, isDeviceName } from '../../../src/kernels/registry';
import { choices } from '../../../src/model/settings';
import { defaultSettings, resolveSettings } from '../../../src/training/settings';
import type { TrainingSettings } from '../../../src/training/settings';
import {
  checkTrainingSettings,
  settingsOfRun,
  trainingSettingNames,
} from '../../../src/workspace/trainingSettings';

type Name = keyof TrainingSettings;

/** A setting as package.json describes it to the settings editor. */
interface Property {
  readonly type: string | readonly string[];
  readonly order: number;
  readonly default: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly items?: unknown;
  readonly uniqueItems?: boolean;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly unknown[];
  readonly enumItemLabels?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

const texts: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const manifest = JSON.parse(readFileSync('package.json', 'utf8'), (_, value) =>
  typeof value === 'string' && /^%.+%$/.test(value) ? texts[value.slice(1, -1)] : value,
);
const parts: { properties: Record<string, Property> }[] = manifest.contributes.configuration;
const properties: Record<string, Property> = Object.assign({}, ...parts.map((part) => part.properties));

const keyOf = (name: Name): string => (name === 'device' ? 'rnnTagger.device' : `rnnTagger.training.${name}`);
const propertyOf = (name: Name): Property => properties[keyOf(name)];
const typesOf = ({ type }: Property): readonly string[] => (typeof type === 'string' ? [type] : type);

/** Whether a run can have this value. */
function isTaken(name: Name, value: unknown): boolean {
  try {
    checkTrainingSettings({ [name]: value }, String);
    return true;
  } catch {
    return false;
  }
}

/** A device that `auto` may not take is for tests: it is not on offer. */
const offered = (name: Name): readonly string[] | undefined =>
  (choices as Partial<Record<Name, readonly string[]>>)[name]?.filter(
    (choice) => !isDeviceName(choice) || devices[choice].automatic,
  );

/** As the README has it. */
const shown = (value: unknown): string =>
  Array.isArray(value) && value.length === 0 ? 'none' : String(value);

const set = Object.fromEntries(trainingSettingNames.map((name) => [name, propertyOf(name)?.default]));

describe('training settings in the settings editor', () => {
  it('are all there, and no others', () => {
    const found = Object.keys(properties).filter(
      (key) => key === 'rnnTagger.device' || key.startsWith('rnnTagger.training.'),
    );
    assert.deepEqual(found.sort(), trainingSettingNames.map(keyOf).sort());
    const orders = trainingSettingNames.map((name) => propertyOf(name).order);
    assert.equal(new Set(orders).size, orders.length);
  });

  it('leave a run as it is without them: what follows from other settings is null', () => {
    assert.deepEqual(settingsOfRun(set, {}), defaultSettings);
    for (const input of choices.input) {
      for (const optimizer of [undefined, ...choices.optimizer]) {
        for (const batch of [undefined, 0, 1])
          assert.deepEqual(
            settingsOfRun({ ...set, input, optimizer, batch }, {}),
            resolveSettings({ input, optimizer, batch }),
          );
      }
    }
  });

  it('may be null where that is the default, and only there', () => {
    for (const name of trainingSettingNames) {
      const property = propertyOf(name);
      assert.equal(typesOf(property).includes('null'), property.default === null, name);
      if (property.enum) assert.equal(property.enum.includes(null), property.default === null, name);
    }
  });

  it('say what null stands for', () => {
    const plain = defaultSettings;
    const oneHot = resolveSettings({ input: 'one-hot' });
    for (const name of trainingSettingNames.filter((name) => propertyOf(name).default === null)) {
      const { description, markdownDescription = description ?? '' } = propertyOf(name);
      const [, after] = markdownDescription.split('`null`: ');
      assert.ok(after, `${name}: "${markdownDescription}" does not say it`);
      const said = after.split(/[^\w.-]+/).map((word) => word.replace(/\.$/, ''));
      for (const settings of [plain, oneHot])
        assert.ok(
          said.includes(String(settings[name])),
          `${name}: "${after}" does not name ${settings[name]}`,
        );
    }
  });

  it('stand in the README with the defaults that they have, in the same order', () => {
    const rows = readFileSync('README.md', 'utf8').matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|/gm);
    const oneHot = resolveSettings({ input: 'one-hot' });
    const named = trainingSettingNames
      .filter((name) => name !== 'device')
      .sort((a, b) => propertyOf(a).order - propertyOf(b).order);
    assert.deepEqual(
      [...rows].map(([, ...cells]) => cells),
      named.map((name) => [name, shown(defaultSettings[name]), shown(oneHot[name])]),
    );
  });

  it('have an option on the command line', () => {
    for (const name of trainingSettingNames) {
      const other: Partial<Record<Name, string>> = { bidirectional: 'directions', columns: 'input-columns' };
      const option = other[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      assert.match(usage, new RegExp(`^  --${option} `, 'm'), name);
    }
  });

  it('offer the words that a run takes, each with what it means', () => {
    for (const name of trainingSettingNames) {
      const property = propertyOf(name);
      const isSwitch = typeof defaultSettings[name] === 'boolean';
      assert.deepEqual(
        property.enum?.filter((choice) => choice !== null),
        isSwitch ? [true, false] : offered(name),
        name,
      );
      if (!property.enum) continue;
      for (const choice of property.enum)
        if (choice !== null) assert.ok(isTaken(name, choice), `${name}: ${String(choice)}`);
      assert.equal(property.enumDescriptions?.length, property.enum.length, name);
      assert.ok((property.enumItemLabels ?? []).length <= property.enum.length, name);
    }
  });

  it('take the names of columns that a run takes', () => {
    const { type, items, uniqueItems } = propertyOf('columns');
    assert.deepEqual([type, items, uniqueItems], ['array', { type: 'string', minLength: 1 }, true]);
    for (const value of [[], ['POS'], ['POS', '3']])
      assert.ok(isTaken('columns', value), JSON.stringify(value));
    for (const value of ['POS', [''], [' '], ['POS', 'POS'], [3], { POS: true }])
      assert.ok(!isTaken('columns', value), JSON.stringify(value));
  });

  it('take the numbers that a run takes', () => {
    const numbers = trainingSettingNames.filter((name) => typeof defaultSettings[name] === 'number');
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
        [maximum, maximum === undefined ? undefined : maximum + (whole ? 1 : 1e-9)],
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
