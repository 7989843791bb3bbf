import assert from 'node:assert/strict';
import type { DoubtsOfPart } from '../../../src/corpus/queue/doubts';
import type { LabelledText, TaggedToken, UnrollRequest } from '../../../src/engine/taggerProtocol';
import { TaggerService } from '../../../src/engine/taggerService';
import type { UnrolledText } from '../../../src/engine/unrollProtocol';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { writeModel } from '../../../src/model/modelFile';
import { createPredictor } from '../../../src/model/predictor';
import type { TaggerModel } from '../../../src/model/taggerModel';
import { randomModel } from '../model/models';

describe('Annotations of a text', () => {
  const text = '🙂 the cat sat.\nThe cat\n';
  const annotations = 'T1\tX 2 9\tthe cat\nR1\tno span\nT2\tY 15 22\tThe cat\nT3\tX 2 5;10 13\tthe sat\n';
  const layout = { kind: 'brat', columns: ['FORM', 'LABEL'], form: 0 };
  const input = { kind: 'rows', text: annotations, annotated: text, firstLine: 7, layout } as const;

  it('get the labels of their spans, each at its type, beside gold', async () => {
    const labels = ['O', 'B-X', 'I-X', 'B-Y', 'I-Y'];
    const model = { ...randomModel({}, labels), column: 'LABEL' };
    const service = new TaggerService(() => Promise.resolve(createReferenceDevice()));
    await service.handle({ type: 'load', key: 'm', bytes: writeModel(model) });
    const tokens = (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
    assert.deepEqual(
      tokens.map(({ line, startColumn, endColumn, labelColumn }) => [
        line,
        startColumn,
        endColumn,
        labelColumn,
      ]),
      [
        [7, 3, 4, 4],
        [9, 3, 4, 4],
      ],
    );
    const agrees = tokens.map(({ label, gold }) => label === gold);
    const labelled = (await service.handle({
      type: 'label',
      key: 'm',
      input,
      file: 'a.ann',
    })) as LabelledText;
    const lines = labelled.text.split('\n');
    assert.deepEqual(
      agrees.map((agreed, i) => !agreed || lines.includes(annotations.split('\n')[2 * i])),
      [true, true],
    );
    assert.ok(lines.includes('R1\tno span') && lines.includes('T3\tX 2 5;10 13\tthe sat'), labelled.text);
  });
});

describe('Doubts of a part of a corpus', () => {
  it('stand at their words in the part, whatever its line ends, and are where label and text differ', async () => {
    const labels = ['O', 'B-X', 'I-X', 'B-Y', 'I-Y'];
    const model = { ...randomModel({}, labels), column: 'NER', scheme: 'IOB2' as const };
    const service = new TaggerService(() => Promise.resolve(createReferenceDevice()));
    await service.handle({ type: 'load', key: 'm', bytes: writeModel(model) });
    const layout = { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' };
    const words = ['the', 'cat', 'sat', 'The', 'cat', 'the', 'sat', 'cat'];
    for (const end of ['\n', '\r\n']) {
      const rows = words.map((word, t) => `${word}\t${t === 1 ? 'B-X' : 'O'}${t === 3 ? end : ''}`);
      const text = `# a comment${end}${rows.join(end)}${end}`;
      const input = { kind: 'rows', text, firstLine: 7, layout } as const;
      const tokens = (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
      const annotated = { layout, column: 'NER', scheme: 'IOB2', labels } as const;
      const { doubts, sentences, labelled } = (await service.handle({
        type: 'doubts',
        key: 'm',
        input,
        annotated,
      })) as DoubtsOfPart;
      assert.deepEqual([sentences, labelled], [2, 1]);
      assert.ok(doubts.length > 0);
      const doubted = new Set<number>();
      for (const { words: own, target, uncertainty } of doubts) {
        assert.ok(uncertainty >= 0 && uncertainty <= 1);
        const there = text.slice(target.start, target.end).split(end);
        assert.deepEqual(there.map((row) => row.split('\t')[0]).join(' '), own);
        const line = text.slice(0, target.start).split(end).length - 1;
        for (let t = 0; t < target.tokens; t++) doubted.add(7 + line + t);
      }
      for (const { line, label, gold } of tokens)
        assert.ok(label === gold || doubted.has(line), `line ${line}: ${gold}, ${label}`);
    }
  });
});

describe('A token that was tagged', () => {
  for (const loss of ['softmax', 'crf'] as const) {
    it(`has the probability of its own label, even where another is more probable, and of its span: ${loss}`, async () => {
      // So much is taken off O that labels are chosen which are not the most probable ones.
      const model = { ...randomModel({ loss }), outsideBias: 3 };
      const device = createReferenceDevice();
      const service = new TaggerService(() => Promise.resolve(device));
      await service.handle({ type: 'load', key: 'm', bytes: writeModel(model) });
      const words = ['the', 'cat', 'sat', 'The', 'cat', 'the'];
      const tokens = (await service.handle({
        type: 'tag',
        key: 'm',
        input: { kind: 'text', text: words.join(' '), firstLine: 0, firstColumn: 0, markdown: false },
      })) as TaggedToken[];
      const [{ labels, probabilities, spans }] = await createPredictor(device, model).predict([words]);
      assert.ok(spans.length > 0);
      assert.ok(spans.every(({ probability }) => probability > 0 && probability < 1));
      tokens.forEach((token, t) => {
        assert.equal(token.label, model.labels[labels[t]]);
        assert.equal(token.probability, probabilities[t * model.labels.length + labels[t]]);
        const span = spans.find(({ start, end }) => start <= t && t < end);
        assert.deepEqual(
          token.span,
          span && { type: span.type, tokens: span.end - span.start, probability: span.probability },
        );
      });
      assert.ok(
        tokens.some(({ label, best }) => best[0].label !== label),
        'a label that is not the most probable one',
      );
    });
  }

  it('is cut from text as the training data of its model cuts text, on screen and in a labelled copy', async () => {
    const conventions = {
      version: 1,
      cut: [],
      keep: ['a+a -', 'a+- a'],
      end: [],
      goOn: [],
      forms: [],
    } as const;
    const device = createReferenceDevice();
    const service = new TaggerService(() => Promise.resolve(device));
    const text = 'the well-known cat';
    const input = { kind: 'text', text, firstLine: 0, firstColumn: 0, markdown: false } as const;
    const formsFor = async (model: TaggerModel): Promise<[string[], string[]]> => {
      await service.handle({ type: 'load', key: 'm', bytes: writeModel(model) });
      const tokens = (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
      const copy = (await service.handle({ type: 'label', key: 'm', input, file: 'f.txt' })) as LabelledText;
      const rows = copy.text.split('\n').filter((row) => row !== '');
      return [
        tokens.map(({ startColumn, endColumn }) => text.slice(startColumn, endColumn)),
        rows.map((row) => row.split('\t')[0]),
      ];
    };
    const kept = ['the', 'well-known', 'cat'];
    assert.deepEqual(await formsFor({ ...randomModel(), conventions }), [kept, kept]);
    const cut = ['the', 'well', '-', 'known', 'cat'];
    assert.deepEqual(await formsFor(randomModel()), [cut, cut], 'a model without conventions');
  });

  it('has its five most probable labels first, also among thousands', async () => {
    const labels = ['O', ...Array.from({ length: 6000 }, (_, n) => `${'BI'[n % 2]}-${n >> 1}`)];
    const model = randomModel({}, labels);
    const device = createReferenceDevice();
    const service = new TaggerService(() => Promise.resolve(device));
    await service.handle({ type: 'load', key: 'm', bytes: writeModel(model) });
    const input = { kind: 'text', text: 'the cat', firstLine: 0, firstColumn: 0, markdown: false } as const;
    const tokens = (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
    const [{ probabilities }] = await createPredictor(device, model).predict([['the', 'cat']]);
    tokens.forEach(({ best }, t) => {
      const row = probabilities.subarray(t * labels.length, (t + 1) * labels.length);
      const sorted = Array.from(row, (probability, l) => ({ label: labels[l], probability }));
      assert.deepEqual(best, sorted.sort((a, b) => b.probability - a.probability).slice(0, 5));
    });
  });
});

describe('The network over the sentence at a place', () => {
  const layout = { kind: 'columns', columns: ['FORM', 'NER'], form: 0, separator: '\t' };
  const rows = 'the\tO\ncat\tB-x\n\nThe\tO\nsat\tno-label\n\n';
  const input = { kind: 'rows', text: rows, firstLine: 10, layout } as const;

  async function unroll(request: Omit<UnrollRequest, 'type' | 'key'>): Promise<UnrolledText | undefined> {
    const service = new TaggerService(() => Promise.resolve(createReferenceDevice()));
    await service.handle({
      type: 'load',
      key: 'm',
      bytes: writeModel(randomModel({ layers: 2, bidirectional: true })),
    });
    return service.handle({ type: 'unroll', key: 'm', ...request }) as Promise<UnrolledText | undefined>;
  }

  it('is of the token on the line, whatever the column, with its label as given and as tagged', async () => {
    const found = await unroll({ input, place: { line: 11, column: 0 } });
    assert.deepEqual(
      found?.tokens.map(({ form, line, given }) => [form, line, given]),
      [
        ['the', 10, 'O'],
        ['cat', 11, 'B-x'],
      ],
    );
    assert.equal(found?.at, 1);
    assert.equal(found?.error.label, 'B-x');
    const service = new TaggerService(() => Promise.resolve(createReferenceDevice()));
    await service.handle({
      type: 'load',
      key: 'm',
      bytes: writeModel(randomModel({ layers: 2, bidirectional: true })),
    });
    const tagged = (await service.handle({ type: 'tag', key: 'm', input })) as TaggedToken[];
    found?.tokens.forEach(({ label, confidence, best }, t) => {
      assert.deepEqual([label, confidence], [tagged[t].label, tagged[t].probability]);
      // Of the network alone; of what is tagged, the temperature changes the numbers, not the order.
      assert.deepEqual(
        best.slice(0, 5).map((item) => item.label),
        tagged[t].best.map((item) => item.label),
      );
    });
  });

  it('has the error of the label that is asked for, and of the one next to the model’s where the given one is unknown', async () => {
    const place = { line: 14, column: 3 };
    const own = await unroll({ input, place });
    assert.ok(own);
    assert.equal(own.at, 1);
    const { label, best } = own.tokens[1];
    assert.equal(own.error.label, best.find((item) => item.label !== label)!.label);
    const asked = await unroll({ input, place, step: 0, label: 'I-x' });
    assert.deepEqual([asked?.at, asked?.error.label], [0, 'I-x']);
    assert.ok(asked && asked.error.yHat > 0 && asked.error.yHat < 1);
    assert.deepEqual(
      asked.sweeps.map(({ layer, direction, norms }) => [layer, direction, norms.length]),
      [
        [1, 'leftToRight', 1],
        [1, 'rightToLeft', 2],
        [2, 'leftToRight', 1],
        [2, 'rightToLeft', 2],
      ],
    );
    // One-hot: W of the first layer has the columns of the two words; above there is one for each direction below.
    const { H } = asked.sizes;
    assert.deepEqual(
      asked.sweeps.map(({ U, W }) => [U?.length, W?.length]),
      [
        [H * H, 2 * H],
        [H * H, 2 * H],
        [H * H, 2 * H * H],
        [H * H, 2 * H * H],
      ],
    );
  });

  it('is of the sentence that the place is in, in running text', async () => {
    const text = 'The cat sat. The sat cat.';
    const ofText = { kind: 'text', text, firstLine: 3, firstColumn: 0, markdown: false } as const;
    const found = await unroll({ input: ofText, place: { line: 3, column: 18 } });
    assert.deepEqual(
      found?.tokens.map(({ form }) => form),
      ['The', 'sat', 'cat', '.'],
    );
    assert.equal(found?.at, 1);
  });

  it('has the labels of spans that were given in running text, over the end of a line, too', async () => {
    const text = 'The cat\nsat. The sat cat.';
    const ofText = { kind: 'text', text, firstLine: 3, firstColumn: 0, markdown: false } as const;
    const given = [
      { type: 'y', start: { line: 4, column: 3 }, end: { line: 4, column: 4 } },
      { type: 'x', start: { line: 3, column: 4 }, end: { line: 4, column: 3 } },
    ];
    const found = await unroll({ input: ofText, place: { line: 4, column: 0 }, given });
    assert.deepEqual(
      found?.tokens.map(({ form, given }) => [form, given]),
      [
        ['The', 'O'],
        ['cat', 'B-x'],
        ['sat', 'I-x'],
        ['.', 'B-y'],
      ],
    );
    assert.equal(found?.error.label, 'I-x');
    assert.ok((found?.tokens[2].loss ?? 0) > 0);
    const without = await unroll({ input: ofText, place: { line: 4, column: 0 } });
    assert.ok(without?.tokens.every((token) => !('given' in token)));
  });

  it('is none where there is no sentence, and refused where it is longer than a window', async () => {
    const place = { line: 10, column: 0 };
    assert.equal(await unroll({ input: { ...input, text: '\n\n' }, place }), undefined);
    await assert.rejects(
      unroll({ input: { ...input, text: 'cat\tO\n'.repeat(513) }, place }),
      /This sentence has 513 words; the network is shown over at most 512\./,
    );
  });
});
