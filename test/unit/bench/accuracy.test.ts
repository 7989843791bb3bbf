import assert from 'node:assert/strict';
import {
  accuracyReaches,
  accuracyTable,
  curveTable,
  reachedAt,
} from '../../../bench/accuracy/accuracyReport';
import type { SetResult } from '../../../bench/accuracy/accuracyReport';
import { scoreCrf } from '../../../bench/accuracy/crfRun';
import { bestEpoch } from '../../../bench/accuracy/ourRun';
import type { OurRun } from '../../../bench/accuracy/ourRun';
import { accuracySets, setMissing } from '../../../bench/accuracy/sets';
import { firstShare } from '../../../bench/accuracy/subset';
import { barTable, judge } from '../../../bench/bars';
import { characterFeatures } from '../../../bench/peers/characterFeatures';
import { readCrfLabels } from '../../../bench/peers/crfsuite';
import { renderTable } from '../../../bench/table';

const [ewt, wnut] = accuracySets;

function run(seed: number, scores: readonly number[], calibrationError = 0.01): OurRun {
  const epochs = scores.map((score, i) => ({
    epoch: i + 1,
    score,
    seconds: 2 * (i + 1),
    wholeSeconds: 3 * (i + 1) + 1,
  }));
  const score = Math.max(...scores);
  return {
    seed,
    score,
    epochs,
    bestEpoch: scores.indexOf(score) + 1,
    seconds: 2 * scores.length,
    wholeSeconds: 10,
    tokensPerSecond: 1,
    tokens: 5,
    calibrationError,
  };
}

const results: SetResult[] = [
  {
    set: ewt,
    sizes: [
      {
        share: 0.1,
        sentences: 1254,
        ours: [run(1, [80])],
        crf: { score: 85, seconds: 2, wholeSeconds: 3, tokens: 5 },
      },
      {
        share: 1,
        sentences: 12_544,
        ours: [run(1, [94, 94.75, 95.2]), run(2, [94.8, 94.9, 95]), run(3, [94, 94.9, 94.8], 0.04)],
        crf: { score: 94.72, seconds: 18, wholeSeconds: 40, tokens: 5 },
      },
    ],
  },
];

describe('bench: report of scores', () => {
  it('takes the mean over the seeds, and the time of the epoch that gets to the goal', () => {
    assert.equal(reachedAt(run(1, [94, 94.75, 95.2]), 94.75)?.epoch, 2);
    const { ewt: mean, ewtTime, calibration } = accuracyReaches(accuracySets, results);
    assert.ok(Math.abs((mean as number) - (95.2 + 95 + 94.9) / 3) < 1e-9);
    // 4, 2 and 4 s, against CRFsuite's 18.
    assert.ok(Math.abs((ewtTime as number) - 18 / (10 / 3)) < 1e-9);
    assert.ok(Math.abs((calibration as number) - 0.02) < 1e-9);
  });

  it('misses the bar of the time where one seed does not get to the goal', () => {
    const [{ set, sizes }] = results;
    const short = [{ set, sizes: [{ ...sizes[1], ours: [...sizes[1].ours, run(4, [94.7])] }] }];
    assert.deepEqual(
      judge(accuracyReaches([ewt], short)).map(({ name, met }) => [name, met]),
      [
        ['ewt', false],
        ['ewtTime', false],
        ['calibration', true],
      ],
    );
    assert.ok(accuracyTable(short, []).rows[0].includes('not by 1 of 4'));
  });

  it('leaves bars open: of a quick run, and of a set or a peer that is not here', () => {
    const missing = (reached: ReturnType<typeof accuracyReaches>) =>
      Object.entries(reached)
        .filter(([, value]) => typeof value !== 'number')
        .map(([name]) => name);
    assert.deepEqual(missing(accuracyReaches(accuracySets, results, 'quick')), [
      'ewt',
      'ewtTime',
      'calibration',
      'wnut17',
      'unerChinese',
      'cws',
    ]);
    assert.deepEqual(missing(accuracyReaches([ewt, wnut], results)), ['wnut17']);
    const [{ set, sizes }] = results;
    assert.deepEqual(missing(accuracyReaches([ewt], [{ set, sizes: [{ ...sizes[1], crf: undefined }] }])), [
      'ewtTime',
    ]);
    assert.deepEqual(
      missing(accuracyReaches([ewt], [{ set, sizes: sizes.slice(0, 1) }])),
      ['ewt', 'ewtTime', 'calibration'],
      'a part of the training set is not the set',
    );
  });

  it('shows the whole set with its spread and bars, and every size in the curve', () => {
    const { columns, rows } = accuracyTable(results, []);
    assert.equal(rows.length, 1);
    const cell = (column: string) => rows[0][columns.indexOf(column)];
    assert.deepEqual(
      [
        'mean',
        'from–to',
        'last epoch',
        'at least',
        'aim',
        'best epoch',
        'to its goal, s',
        'CRFsuite',
        'its training, s',
      ].map(cell),
      ['95.03', '94.90–95.20', '95.00', '95.6', '96', '3/3 3/3 2/3', '3.33; 6', '94.72', '18'],
    );
    const curve = curveTable(results);
    assert.deepEqual(
      curve.rows.map((row) => [row[2], row[4], row[7]]),
      [
        ['10 %', '80.00', '85.00'],
        ['100 %', '95.03', '94.72'],
      ],
    );
    assert.ok(renderTable(curve).includes('1,254'));
  });

  it('tells scores by their second decimal from their bars', () => {
    assert.deepEqual(barTable(judge({ ewt: 95.56 })).rows[0].slice(1), ['≥ 95.6 %', '95.56 %', 'NO']);
  });

  it('finds the epoch whose model is kept: a later one must be better', () => {
    const record = (epoch: number, accuracy: number, loss = 1) => ({
      epoch,
      development: { tokens: 1, sentences: 1, loss, accuracy },
    });
    assert.equal(bestEpoch([record(1, 0.5), record(2, 0.7), record(3, 0.7), record(4, 0.6)]), 2);
    assert.equal(bestEpoch([record(1, 0.5), record(2, 0.7), record(3, 0.7, 0.9)]), 3);
    assert.equal(bestEpoch([]), 0);
  });
});

describe('bench: parts of a corpus', () => {
  const corpus = (sentences: number, separator = '\n') =>
    Array.from({ length: sentences }, (_, n) => `# sentence ${n}\nword${n}\tX\nend\tY\n`).join(separator);
  const sentencesIn = (text: string) =>
    [...text.matchAll(/^word(\d+)\t/gm)].map(([, number]) => Number(number));

  it('draws the same sentences each time, whole and in their order, a smaller part within a larger one', () => {
    const text = corpus(200);
    const [small, large] = [firstShare(text, 0.05), firstShare(text, 0.5)];
    assert.deepEqual([small.sentences, large.sentences], [10, 100]);
    assert.deepEqual(firstShare(text, 0.05), small);
    const [few, many] = [sentencesIn(small.text), sentencesIn(large.text)];
    assert.equal(few.length, 10);
    assert.deepEqual(
      few,
      [...few].sort((a, b) => a - b),
    );
    assert.ok(few.every((sentence) => many.includes(sentence)) && Math.max(...many) > 150, String(many));
    assert.ok(small.text.startsWith(`# sentence ${few[0]}\nword${few[0]}\tX\nend\tY\n\n# sentence`));
  });

  it('has all of them where all are asked for, and at least one', () => {
    assert.deepEqual(sentencesIn(firstShare(corpus(7), 1).text), [0, 1, 2, 3, 4, 5, 6]);
    assert.equal(firstShare(corpus(7), 0.001).sentences, 1);
  });

  it('takes lone tabs, several blank lines and comments at the end for no sentence', () => {
    assert.deepEqual(
      sentencesIn(firstShare(`\n\n${corpus(5, '\t\n')}\n \n\n# the end\n`, 1).text),
      [0, 1, 2, 3, 4],
    );
    assert.equal(
      firstShare(corpus(5, '\r\n').replaceAll('\n', '\r\n').replaceAll('\r\r', '\r'), 1).sentences,
      5,
    );
  });
});

describe('bench: CRFsuite', () => {
  it('reads its labels sentence by sentence, and scores them as the product’s', () => {
    const labelled = readCrfLabels('B-X\tB-X\nI-X\tI-X\nO\tO\n\nO\tB-Y\nB-Y\tB-Y\n\n');
    assert.deepEqual(
      labelled.map(({ gold, predicted }) => [gold.join(' '), predicted.join(' ')]),
      [
        ['B-X I-X O', 'B-X I-X O'],
        ['O B-Y', 'B-Y B-Y'],
      ],
    );
    const { tokens, sentences, accuracy, spans } = scoreCrf(labelled, { scheme: 'IOB2', characters: false });
    assert.deepEqual([tokens, sentences, accuracy], [5, 2, 4 / 5]);
    assert.deepEqual([spans?.gold, spans?.predicted, spans?.correct, spans?.f1], [2, 3, 2, 4 / 5]);
    assert.equal(scoreCrf(labelled, { scheme: 'none', characters: false }).spans, undefined);
  });

  it('counts words where labels cut text into them', () => {
    // Gold: ab|c, predicted: a|bc: a word that begins right is not right yet.
    const [wrong, right] = ['B\tS\nE\tB\nS\tE\n\n', 'B\tB\nE\tE\nS\tS\n\n'].map(readCrfLabels);
    assert.equal(scoreCrf(wrong, { scheme: 'IOBES', characters: true }).spans?.f1, 0);
    assert.equal(scoreCrf([...wrong, ...right], { scheme: 'IOBES', characters: true }).spans?.f1, 1 / 2);
  });

  it('gets the neighbours of each character and their pairs', () => {
    const rows = characterFeatures('a\tB\nb\tE\n\t\nc\tS\n', 0, -1).split('\n');
    assert.deepEqual(
      rows.map((row) => row.split('\t')[0]),
      ['B', 'E', '', 'S', '', ''],
    );
    assert.deepEqual(rows[1].split('\t'), [
      'E',
      'b',
      '-2c=EDGE',
      '-1c=a',
      '0c=b',
      '1c=EDGE',
      '2c=EDGE',
      '-2cc=EDGEa',
      '-1cc=ab',
      '0cc=bEDGE',
      '1cc=EDGEEDGE',
    ]);
  });

  it('says which set is not here', () => {
    assert.equal(setMissing({ train: __filename, dev: __filename }), undefined);
    assert.match(setMissing({ train: __filename, dev: '/no/such/file' }) ?? '', /no \/no\/such\/file/);
  });
});
