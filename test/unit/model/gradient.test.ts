import assert from 'node:assert/strict';
import type { Activation } from '../../../src/kernels/kernels';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { parameterNames } from '../../../src/model/parameters';
import type { Parameters } from '../../../src/model/parameters';
import { byHand, randomParameters, randomSentence, relativeError, runMinibatch } from './tiny';
import type { LabelledSentence } from './tiny';

const sizes = { K: 6, H: 5, L: 4 };
const device = createReferenceDevice();

/** Central differences of E, of fourth order, for each number of each parameter. */
function finiteDifferences(parameters: Parameters, E: () => number) {
  const step = 1e-4;
  const at = (values: Parameters['U'], i: number, value: number): number => {
    const kept = values[i];
    values[i] = kept + value;
    const result = E();
    values[i] = kept;
    return result;
  };
  const of = (values: Parameters['U']) =>
    Array.from(values, (_, i) => {
      const near = at(values, i, step) - at(values, i, -step);
      const far = at(values, i, 2 * step) - at(values, i, -2 * step);
      return (8 * near - far) / (12 * step);
    });
  return Object.fromEntries(parameterNames.map((name) => [name, of(parameters[name])]));
}

/** A sentence and parameters; for ReLU such that h does not explode and no s_t comes near 0, where f has no derivative. */
function draw(activation: Activation, T: number): { parameters: Parameters; sentence: LabelledSentence } {
  for (let seed = T; ; seed += 1000) {
    const parameters = randomParameters(sizes, seed, activation === 'relu' ? 0.5 : 0.8);
    const sentence = randomSentence(sizes, T, seed);
    if (activation !== 'relu' || byHand(parameters, activation, sentence).s.every((s) => Math.abs(s) > 5e-3)) return { parameters, sentence };
  }
}

describe('gradients against finite differences', () => {
  for (const activation of ['tanh', 'sigmoid', 'relu'] as const) {
    it(`${activation}: U, V, W, b and c, T from 1 to 40`, async () => {
      for (let T = 1; T <= 40; T++) {
        const { parameters, sentence } = draw(activation, T);
        const { gradients } = await runMinibatch(device, parameters, activation, [sentence], T);
        const expected = finiteDifferences(parameters, () => byHand(parameters, activation, sentence).E);
        for (const name of parameterNames) {
          const error = relativeError(gradients[name], expected[name]);
          assert.ok(error <= 1e-7, `∂E/∂${name}, T = ${T}: ${error}`);
        }
      }
    });

    it(`${activation}: a minibatch of sentences of several lengths`, async () => {
      const drawn = draw(activation, 7);
      const { parameters } = drawn;
      const others = [3, 5].map((T) => randomSentence(sizes, T, T));
      const sentences = [drawn.sentence, ...others.filter((other) => byHand(parameters, activation, other).s.every((s) => Math.abs(s) > 5e-3))];
      const { gradients } = await runMinibatch(device, parameters, activation, [...sentences, undefined], 9);
      const expected = finiteDifferences(parameters, () => sentences.reduce((sum, sentence) => sum + byHand(parameters, activation, sentence).E, 0));
      for (const name of parameterNames) assert.ok(relativeError(gradients[name], expected[name]) <= 1e-7, name);
    });
  }
});
