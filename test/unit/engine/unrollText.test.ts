import assert from 'node:assert/strict';
import type { UnrollRequest } from '../../../src/engine/taggerProtocol';
import type { UnrolledText } from '../../../src/engine/unrollProtocol';
import { unrollText } from '../../../src/engine/unrollText';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { createSimdDevice } from '../../../src/kernels/simd/device';
import { createPredictor } from '../../../src/model/predictor';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { randomModel } from '../model/models';

const given = ['O', 'B-x', 'O', 'B-x', 'I-x', 'O', 'O', 'B-x'];
const words = 'the cat sat <unknown> 猫 on The cat'.split(' ');
const withLabels = words.map((word, t) => `${word}\t${given[t]}\n`).join('');

async function unrolled(
  model: TaggerModel,
  asked: Partial<UnrollRequest> = {},
  device = createReferenceDevice(),
): Promise<UnrolledText> {
  const found = await unrollText(
    {
      type: 'unroll',
      key: 'm',
      input: { kind: 'rows', text: withLabels, firstLine: 0, layout: model.layout },
      place: { line: 2, column: 0 },
      ...asked,
    },
    model,
    createPredictor(device, model),
  );
  assert.ok(found);
  return found;
}

const near = (a: number, b: number, message: string): void =>
  assert.ok(Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)), `${message}: ${a}, ${b}`);

describe('the network over a text', () => {
  for (const settings of [{}, { input: 'features' }, { loss: 'crf' }] as const)
    it(`has E_t = −log ŷ_t of the ŷ that is shown: ${JSON.stringify(settings)}`, async () => {
      const model = randomModel(settings);
      const { temperature } = model.calibration!;
      assert.notEqual(temperature, 1);
      for (let step = 0; step < words.length; step++) {
        const { tokens, error, labels } = await unrolled(model, { step });
        for (const { best, given: gold, loss, label, probability, confidence } of tokens) {
          const yHat = new Map(best.map((item) => [item.label, item.probability]));
          assert.equal(yHat.size, labels.length);
          near(
            [...yHat.values()].reduce((sum, p) => sum + p, 0),
            1,
            'sum',
          );
          near(loss!, -Math.log(yHat.get(gold!)!), 'E_t');
          assert.equal(probability, yHat.get(label));
          // What the editor shows of it.
          const powers = [...yHat.values()].map((p) => p ** (1 / temperature));
          const total = powers.reduce((sum, p) => sum + p, 0);
          near(confidence, yHat.get(label)! ** (1 / temperature) / total, 'confidence');
        }
        const { best, given: gold } = tokens[step];
        assert.equal(error.label, gold);
        const residual = best.map((item) => item.probability - (item.label === gold ? 1 : 0));
        near(error.residualNorm, Math.hypot(...residual), '‖ŷ − y‖');
      }
    });

  it('has of one-hot words the columns of W that the sentence has, with the model’s numbers', async () => {
    const model = randomModel({ bidirectional: true, layers: 2 });
    const H = model.settings.hidden;
    const { wordColumns, sweeps, tokens } = await unrolled(model);
    assert.deepEqual(wordColumns, [
      { forms: ['the', 'The'], isKnown: true },
      { forms: ['cat'], isKnown: true },
      { forms: ['sat'], isKnown: true },
      { forms: ['<unknown>'], isKnown: true },
      { forms: ['猫'], isKnown: true },
      { forms: ['on'], isKnown: false },
    ]);
    const { values } = model.features.attributes[0];
    const [{ leftToRight, rightToLeft }] = model.parameters.layers;
    for (const [n, own] of [leftToRight, rightToLeft!].entries()) {
      const { W, inputNorms } = sweeps[n];
      const columns = wordColumns!.map(({ forms, isKnown }, d) => {
        const row = isKnown ? values.indexOf(forms[0], 1) : 0;
        const column = Array.from({ length: H }, (_, unit) => W![unit * wordColumns!.length + d]);
        assert.deepEqual(column, [...Float32Array.from(own.W[0].subarray(row * H, (row + 1) * H))]);
        return column;
      });
      // W x_t is the column of the word at t.
      tokens.forEach(({ form }, t) => {
        const column = columns[wordColumns!.findIndex(({ forms }) => forms.includes(form))];
        near(inputNorms[t], Math.hypot(...column), `‖W x_t‖ of ${form}`);
      });
    }
    // In the layer above W is whole, and with features no word has a column.
    assert.equal(sweeps[2].W!.length, H * 2 * H);
    assert.equal((await unrolled(randomModel({ input: 'features' }))).wordColumns, undefined);
  });

  it('has E_t of a label whose ŷ_t is next to nothing, in float32 too', async () => {
    const model = randomModel();
    for (const matrix of model.parameters.V) matrix.fill(0);
    // z_t = c: the label given is e^−30 as probable as the model's.
    model.parameters.c.set([0, -30, -30]);
    const device = createSimdDevice();
    const { tokens } = await unrolled(model, { step: 1 }, device);
    device.dispose();
    near(tokens[1].loss!, 30, 'E_t');
  });

  it('has E_t of a label whose marginal is next to nothing, as its bar has it', async () => {
    const model = randomModel({ loss: 'crf' });
    for (const matrix of model.parameters.V) matrix.fill(0);
    model.parameters.A!.fill(0);
    model.parameters.c.set([0, -60, -60]);
    const { tokens, error } = await unrolled(model, { step: 1 });
    near(tokens[1].loss!, 60, 'E_t');
    near(Math.log(error.yHat), -60, 'log ŷ_t');
    // A label that cannot be has a loss that can be shown.
    model.parameters.c.set([0, -2000, -2000]);
    assert.ok(Number.isFinite((await unrolled(model, { step: 1 })).tokens[1].loss));
  });

  it('has, where no label is given, the error of the label that comes next after the model’s', async () => {
    const model = randomModel();
    const text = 'The cat sat on the cat';
    const input = { kind: 'text', text, firstLine: 0, firstColumn: 0, markdown: false } as const;
    const place = { line: 0, column: 0 };
    for (let step = 0; step < 6; step++) {
      const { tokens, error } = await unrolled(model, { input, place, step });
      assert.equal(tokens[step].given, undefined);
      assert.equal(error.label, tokens[step].best.find(({ label }) => label !== tokens[step].label)!.label);
    }
    const { error } = await unrolled(model, { input, place, label: 'I-x' });
    assert.equal(error.label, 'I-x');
  });
});
