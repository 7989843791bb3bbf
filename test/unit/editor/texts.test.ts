import assert from 'node:assert/strict';
import { withoutLinks } from '../../../src/common/shownText';
import type { Corpus } from '../../../src/corpus/corpus';
import { menuItems } from '../../../src/editor/menuItems';
import type { MenuState } from '../../../src/editor/menuItems';
import { exportName, modelPickText } from '../../../src/editor/modelPicks';
import {
  endMessage,
  forgottenText,
  logText,
  notificationText,
  notResumedMessage,
  progressText,
  scoreText,
  trialsText,
} from '../../../src/editor/runText';
import type { EndMessage } from '../../../src/editor/runText';
import { noCorpusText, statusText } from '../../../src/editor/statusText';
import { withoutLinksIn } from '../../../src/editor/translate';
import type { TrainingSettings } from '../../../src/model/settings/settings';
import { networkText, stepsText } from '../../../src/record/networkText';
import { stateOf } from '../../../src/record/runRecord';
import type { RunRecord } from '../../../src/record/runRecord';
import { runTitle } from '../../../src/record/runTitle';
import { emptyHistory } from '../../../src/run/history';
import type { RunState } from '../../../src/run/runState';
import { defaultSettings, completeSettings } from '../../../src/training/defaults';
import { catalogueEntry } from '../../../src/workspace/modelCatalogue';
import type { ModelEntry } from '../../../src/workspace/modelCatalogue';
import { moved, started } from '../run/events';
import { resolved } from '../training/resolved';
import { english } from './english';

const development = { tokens: 100, sentences: 5, loss: 0.3, accuracy: 0.9123 };
const run: RunRecord = {
  version: 1,
  id: 'r',
  corpus: 'c',
  corpusName: 'EWT',
  column: 'UPOS',
  settings: { ...defaultSettings, epochs: 20 },
  created: '2025-01-02T03:04:05.000Z',
  state: 'running',
  spans: false,
  epoch: 3,
  step: 50,
  stepsPerEpoch: 20,
  seconds: 4,
  tokensPerSecond: 1000,
};
const state: RunState = { ...stateOf(run, emptyHistory), phase: 'running', loss: 0.4123, secondsLeft: 12 };
const corpus = (name: string, tokens: number): Corpus => ({
  id: name,
  name,
  tokens,
  sentences: 1,
  columns: [],
  files: [{ file: 'f', tokens, sentences: 1, leftOut: 0 }],
  layout: { kind: 'columns', columns: ['FORM'], form: 0, separator: ' ' },
});

describe('status bar text', () => {
  it('is there only when there is something to tell', () => {
    assert.equal(statusText([], undefined, english), undefined);
  });

  it('counts corpora and tokens', () => {
    const status = statusText([corpus('EWT', 200_000), corpus('WNUT17', 4577)], undefined, english);
    assert.equal(status?.text, 'RNN Tagger: 2 corpora, 204,577 tokens');
    assert.equal(status?.tooltip, 'EWT: 200,000 tokens in 1 file\nWNUT17: 4,577 tokens in 1 file');
    assert.equal(statusText([corpus('EWT', 5)], undefined, english)?.text, 'RNN Tagger: 1 corpus, 5 tokens');
    const many = statusText(
      Array.from({ length: 30 }, (_, i) => corpus(`c${i}`, 1)),
      undefined,
      english,
    );
    assert.match(many?.tooltip ?? '', /\nand 21 more$/);
  });

  it('names the model in use with its score, and says on which text that is', () => {
    const created = '2025-01-02T03:04:05.000Z';
    const done: RunRecord = { ...run, state: 'done', development, test: { ...development, accuracy: 0.9 } };
    const status = (changes: Partial<RunRecord>): NonNullable<ReturnType<typeof statusText>> => {
      const entry = catalogueEntry({ ...done, ...changes, created });
      return statusText([corpus('EWT', 200_000)], undefined, english, { entry, locale: 'en' })!;
    };
    const { text, tooltip, spoken } = status({});
    assert.equal(text, '$(tag) UPOS · 91.2 %');
    assert.match(tooltip, /^Labels come from the model EWT · UPOS\nAccuracy 91\.2 % on the development data/);
    assert.match(
      tooltip,
      /\(100 tokens\)\nAccuracy 90\.0 % on the test data \(100 tokens\)\ntrained Jan 2, 2025/,
    );
    assert.match(tooltip, /EWT: 200,000 tokens in 1 file/);
    assert.match(spoken ?? '', /^RNN Tagger: Labels come from the model EWT · UPOS\. Accuracy 91\.2 % on/);
    const heldOut = status({ notices: [{ type: 'heldOut' }] });
    assert.match(heldOut.tooltip, /Accuracy 91\.2 % on the text held out of training/);
    const spans = { precision: 0.5, recall: 0.5, f1: 0.5, gold: 40, predicted: 40, correct: 20 };
    const ofSpans = status({ column: 'NER', spans: true, development: { ...development, spans } });
    assert.equal(ofSpans.text, '$(tag) NER · F1 50.0 %');
    assert.match(ofSpans.tooltip, /Span F1 50\.0 % on the development data/);
    const few = status({
      column: 'NER',
      spans: true,
      development: { ...development, spans: { ...spans, gold: 2 } },
    });
    assert.equal(few.text, '$(tag) NER');
    assert.match(few.tooltip, /On the development data: no score: only 2 spans/);
    const unmeasured = status({ development: undefined, test: undefined });
    assert.equal(unmeasured.text, '$(tag) UPOS');
    assert.match(unmeasured.tooltip, /Nothing was kept from training to measure it by/);
    const named = status({ title: '$(zap) mine' });
    assert.match(named.tooltip, /the model \\\$\(zap\) mine \(EWT · UPOS\)/);
  });

  it('leads on where no corpus was found', () => {
    const { text, spoken } = noCorpusText(english);
    assert.equal(text, '$(tag) No corpus found: start one, or say where it is');
    assert.equal(spoken, 'RNN Tagger: No corpus found: start one, or say where it is');
  });

  it('tells how a run goes', () => {
    assert.equal(
      statusText([], { run, state }, english)?.text,
      '$(pulse) RNN Tagger: epoch 3/20, loss 0.412',
    );
    assert.equal(
      statusText([], { run, state: { ...state, phase: 'paused' } }, english)?.text,
      '$(debug-pause) RNN Tagger: epoch 3/20, loss 0.412, paused',
    );
    assert.equal(
      statusText([], { run, state: { ...state, loss: undefined }, elsewhere: true }, english)?.text,
      '$(pulse) RNN Tagger: epoch 3/20, in another window',
    );
  });
});

describe('text of users in notifications', () => {
  it('has no links: VS Code would run their commands at a click', () => {
    const attack = '[Fix](command:workbench.action.terminal.sendSequence?%7B%7D)';
    const link = /\[([^\]]+)\]\(((?:https?:|command:|file:)[^)\s]+)/;
    assert.match(attack, link);
    assert.doesNotMatch(withoutLinks(attack), link);
    assert.doesNotMatch(runTitle({ corpusName: attack, column: 'X' }), link);
    assert.doesNotMatch((withoutLinksIn(new Error(attack)) as Error).message, link);
  });
});

describe('run text', () => {
  it('says what matters of the network', () => {
    const text = (given: Partial<TrainingSettings>, spans = false) =>
      networkText(completeSettings(given), spans);
    const given = {
      input: 'features',
      hidden: 128,
      layers: 1,
      bidirectional: true,
      activation: 'relu',
      loss: 'auto',
      optimizer: 'adam',
    } as const;
    assert.equal(text(given), 'features · 128 units × 2 directions · ReLU · Adam');
    assert.equal(
      text({ ...given, layers: 2, activation: 'tanh' }, true),
      'features · 2 layers × 128 units × 2 directions · tanh · CRF · Adam',
    );
    assert.equal(text({ ...given, loss: 'softmax' }, true), text(given));
    assert.equal(
      text({ ...given, loss: 'crf' }, false),
      'features · 128 units × 2 directions · ReLU · CRF · Adam',
    );
    assert.equal(
      text({ ...given, columns: ['POS', 'CHUNK'] }),
      'features + POS + CHUNK · 128 units × 2 directions · ReLU · Adam',
    );
    assert.equal(text({ input: 'one-hot', hidden: 1 }), 'one-hot words · 1 unit · tanh · SGD');
    assert.equal(
      text({ input: 'one-hot', hidden: 2048, activation: 'sigmoid', optimizer: 'momentum' }),
      'one-hot words · 2,048 units · sigmoid · momentum',
    );
  });

  it('says how a run steps', () => {
    const given = { learningRate: 0.002, schedule: 'linear', batch: 32, clip: 5, seed: 1 } as const;
    assert.equal(
      stepsText(given),
      'learning rate 0.002, falling · 32 sentences a step · clipping at 5 · seed 1',
    );
    assert.equal(
      stepsText({ ...given, schedule: 'constant', batch: 0, clip: 0 }),
      'learning rate 0.002 · all sentences in one step · no clipping · seed 1',
    );
  });

  it('lists the devices that were measured, for the log', () => {
    const trials = [
      { device: 'webgpu', why: 'There is no adapter.' },
      { device: 'cpu', description: 'Plain JavaScript', tokensPerSecond: 9000.4 },
      { device: 'simd', description: 'WebAssembly SIMD', tokensPerSecond: 210_000 },
    ] as const;
    assert.equal(
      trialsText(trials),
      'cpu 9,000 tokens/s (Plain JavaScript), simd 210,000 tokens/s (WebAssembly SIMD); webgpu: There is no adapter.',
    );
  });

  it('lists software renderers as not measured', () => {
    assert.equal(
      trialsText([
        {
          device: 'webgl2',
          description: 'WebGL 2 on SwiftShader (software)',
          why: 'software renderer, not measured',
        },
      ]),
      'webgl2: WebGL 2 on SwiftShader (software); software renderer, not measured',
    );
  });

  it('says that what was measured is forgotten, and when it is measured again', () => {
    assert.equal(
      forgottenText('auto', english),
      'RNN Tagger has forgotten how fast the devices are. The next run measures them again.',
    );
    assert.match(
      forgottenText('simd', english),
      /next run on "auto" .* "rnnTagger\.device" is "simd" now\.$/,
    );
  });

  it('says in the log what training starts with, and that a run moved', () => {
    assert.equal(
      logText(started(3, { longSentences: 2 })),
      'Training on Plain JavaScript from step 3; a tenth of the documents is held out; sentences trained in windows: 2',
    );
    assert.match(logText(moved) ?? '', /on simd instead of webgpu: The panel was closed\./);
    assert.equal(logText({ type: 'paused' }), undefined);
  });

  it('says where a run stands', () => {
    assert.equal(progressText({ ...state, phase: 'starting' }, english), 'reading');
    assert.equal(progressText({ ...state, phase: 'moving' }, english), 'looking for another device');
    const measuring = { doing: 'measuring', devices: ['webgpu'] } as const;
    const preparing: RunState = { ...state, phase: 'starting', preparation: measuring };
    assert.equal(progressText(preparing, english), 'measuring devices: webgpu');
    assert.equal(
      statusText([], { run, state: preparing }, english)?.text,
      '$(pulse) RNN Tagger: measuring devices: webgpu',
    );
    assert.equal(progressText({ ...state, epoch: 0, loss: undefined }, english), 'epoch 1/20');
  });

  it('says in the notification what its Cancel does', () => {
    assert.equal(
      notificationText(state, english),
      'epoch 3/20, loss 0.412. Cancel stops the run and keeps what was learned.',
    );
    assert.equal(
      notificationText({ ...state, phase: 'starting' }, english),
      'reading. Cancel stops the run and keeps what was learned.',
    );
  });

  it('gives the score by which epochs are compared', () => {
    assert.equal(scoreText({}, english), undefined);
    assert.equal(scoreText({ development }, english), 'accuracy 91.2 %');
    const spans = { precision: 1, recall: 0.25, f1: 0.4, gold: 40, predicted: 10, correct: 10 };
    assert.equal(scoreText({ development: { ...development, spans } }, english), 'span F1 40.0 %');
  });

  it('gives no score where there is too little to score by, but how much there is', () => {
    const few = { ...development, tokens: 99 };
    assert.equal(scoreText({ development: few }, english), 'no score: only 99 tokens');
    const spans = { precision: 1, recall: 1, f1: 1, gold: 29, predicted: 29, correct: 29 };
    const ofSpans = { ...development, tokens: 5000, spans };
    assert.equal(scoreText({ development: ofSpans }, english), 'no score: only 29 spans');
    const one = { ...ofSpans, spans: { ...spans, gold: 1 } };
    assert.equal(scoreText({ development: one }, english), 'no score: only 1 span');
  });
});

describe('what is said at the end of a run', () => {
  const ended = (state: RunRecord['state'], change: Partial<RunRecord> = {}, name = 'WorkerError') =>
    endMessage({ ...run, state, ...change }, { name, message: 'It ended.' }, english);
  const commands = (message: EndMessage | undefined) => message?.actions.map(({ command }) => command);
  const checkpoint = { epoch: 1, step: 20 };

  it('is its score where it is done or was stopped', () => {
    assert.deepEqual(ended('done', { development }), {
      kind: 'status',
      text: 'RNN Tagger: EWT · UPOS is trained, accuracy 91.2 %',
      actions: [],
    });
    assert.equal(ended('stopped')?.text, 'RNN Tagger: EWT · UPOS was stopped');
    const other = { corpusName: 'WNUT17', column: 'NER' };
    assert.equal(
      endMessage({ ...run, state: 'stopped', development: undefined }, undefined, english, other)?.text,
      'RNN Tagger: EWT · UPOS was stopped. Labels come from the model WNUT17 · NER again.',
    );
  });

  it('is why it diverged, with the settings that help', () => {
    const message = ended('diverged', { message: 'Lower the [learning rate](command:x).' });
    assert.equal(message?.kind, 'warning');
    assert.doesNotMatch(message?.text ?? '', /\]\(/);
    assert.deepEqual(commands(message), ['rnnTagger.showLossPanel', 'rnnTagger.openSettings']);
  });

  it('is why it failed, and to resume it where that can help', () => {
    assert.equal(ended('failed', { message: 'It ended.' })?.text, 'EWT · UPOS: It ended.');
    assert.deepEqual(commands(ended('failed')), ['rnnTagger.showLog']);
    assert.deepEqual(commands(ended('failed', { checkpoint })), ['rnnTagger.showLog', 'rnnTagger.resumeRun']);
    assert.deepEqual(commands(ended('failed', { checkpoint }, 'InputError')), ['rnnTagger.showLog']);
  });

  it('is nothing where the window closes', () => {
    assert.equal(ended('interrupted'), undefined);
  });

  it('is to train anew where it could not be resumed', () => {
    const error = { name: 'InputError', message: 'The data has changed.', hint: 'Start a new run.' };
    const message = notResumedMessage(run, error, english);
    assert.equal(message.text, 'EWT · UPOS cannot go on: The data has changed. Start a new run.');
    assert.deepEqual(message.actions[0], {
      title: 'Train Anew',
      command: 'rnnTagger.train',
      argument: { corpus: 'c', column: 'UPOS' },
    });
  });
});

describe('model picks', () => {
  const entry: ModelEntry = {
    key: 'run:r',
    source: { kind: 'run', run: { ...run, state: 'done' } },
    corpus: 'c',
    corpusName: 'EWT',
    column: 'UPOS',
    development,
    created: run.created,
  };

  it('tell a model’s corpus, column, score and age, and mark the active one', () => {
    const text = modelPickText(entry, true, english, 'en');
    assert.deepEqual([text.label, text.description], ['$(check) EWT · UPOS', 'accuracy 91.2 %']);
    assert.match(text.detail, /^trained Jan \d, 2025, /);
    assert.ok(text.detail.endsWith(` · ${networkText(run.settings, false)}`), text.detail);
    const ofSpans = (labels: number): string => {
      const settings = { ...run.settings, loss: 'auto' as const };
      const source = { kind: 'run' as const, run: { ...run, settings, spans: true, labels } };
      return modelPickText({ ...entry, source }, true, english, 'en').detail;
    };
    assert.match(ofSpans(500), /CRF/);
    assert.doesNotMatch(ofSpans(501), /CRF/, 'a CRF that nobody asked for has at most 500 labels');
    const elsewhere: ModelEntry = {
      ...entry,
      source: { kind: 'run', run: { ...run, state: 'running' }, elsewhere: 'going on' },
    };
    assert.match(
      modelPickText(elsewhere, false, english, 'en').detail,
      /^in training in another window since /,
    );
    const info = {
      corpus: 'c',
      corpusName: 'EWT',
      column: 'NER',
      labels: ['O'],
      scheme: 'IOB2' as const,
      settings: resolved({ loss: 'crf' }),
      features: 3,
      created: run.created,
      layout: corpus('EWT', 1).layout,
    };
    const imported: ModelEntry = {
      ...entry,
      source: { kind: 'imported', model: { id: 'i', name: 'm.safetensors', imported: run.created, info } },
    };
    assert.match(
      modelPickText(imported, false, english, 'en').detail,
      /^imported .* from m\.safetensors · .* · CRF · /,
    );
    assert.equal(modelPickText(entry, false, english, 'en').label, 'EWT · UPOS');
  });

  it('do not call a model trained whose run is not done', () => {
    const detail = (state: RunRecord['state']): string =>
      modelPickText({ ...entry, source: { kind: 'run', run: { ...run, state } } }, true, english, 'en')
        .detail;
    assert.match(detail('running'), /^in training since /);
    for (const state of ['stopped', 'failed', 'diverged', 'interrupted'] as const)
      assert.match(detail(state), /^training ended early, in epoch \d+ of \d+, begun /);
  });

  it('propose file names that every system takes', () => {
    assert.equal(exportName(entry), 'EWT-UPOS.safetensors');
    assert.equal(exportName({ corpusName: 'data/中文 "x"', column: '<a:b>' }), 'data-中文-x-a-b.safetensors');
    assert.equal(exportName({ corpusName: '../..', column: '??' }), 'model.safetensors');
    assert.equal(
      exportName({ corpusName: `..${'中'.repeat(500)}`, column: 'x' }),
      `${'中'.repeat(60)}.safetensors`,
    );
  });

  it('write out what could not be seen, and keep to one short line', () => {
    const odd = { ...entry, corpusName: `\u202E${'x'.repeat(500)}`, column: 'a\nb' };
    const title = `‹U+202E›${'x'.repeat(58)}… · a‹U+000A›b`;
    assert.equal(runTitle(odd), title);
    assert.equal(modelPickText(odd, false, english, 'en').label, title);
  });

  it('propose file names in linear time', function () {
    this.timeout(60_000);
    for (const unit of ['.', '-.', ' .', '\u202e'])
      assert.equal(
        exportName({ corpusName: `x${unit.repeat(1_000_000)}x`, column: 'u' }).length,
        unit === '\u202e' ? 'x-x-u.safetensors'.length : 'x.safetensors'.length,
      );
  });
});

describe('menu', () => {
  const idle: MenuState = {
    models: true,
    run: 'none',
    canResume: false,
    trusted: true,
    hasRuns: true,
    hasCorpora: true,
  };
  const commands = (state: MenuState) =>
    menuItems(state, english).map(({ command }) => command.replace('rnnTagger.', ''));

  it('has the commands that apply', () => {
    assert.deepEqual(commands(idle), [
      'reviewSurestDisagreements',
      'train',
      'showLossPanel',
      'showNetwork',
      'showGradientFlow',
      'toggleLabels',
      'chooseModel',
      'exportModel',
      'importModel',
      'checkCorpus',
      'findLabelErrors',
      'measureDevicesAgain',
      'deleteRun',
      'getStarted',
      'showLog',
    ]);
    assert.deepEqual(commands({ ...idle, run: 'running' }).slice(0, 5), [
      'pause',
      'stop',
      'stopAfterEpoch',
      'changeLearningRate',
      'reviewSurestDisagreements',
    ]);
    assert.deepEqual(commands({ ...idle, run: 'paused' }).slice(0, 5), [
      'resume',
      'stop',
      'stopAfterEpoch',
      'changeLearningRate',
      'reviewSurestDisagreements',
    ]);
    assert.deepEqual(commands({ ...idle, canResume: true }).slice(0, 3), [
      'resumeRun',
      'reviewSurestDisagreements',
      'train',
    ]);
    assert.deepEqual(commands({ ...idle, models: false, hasRuns: false, trusted: false }), [
      'train',
      'importModel',
      'checkCorpus',
      'findLabelErrors',
      'measureDevicesAgain',
      'workbench.trust.manage',
      'getStarted',
      'showLog',
    ]);
  });

  it('leads on where there is no corpus: by text, by files, and by the sample', () => {
    const none: MenuState = { ...idle, models: false, hasRuns: false, hasCorpora: false };
    assert.deepEqual(commands(none).slice(0, 4), [
      'labelText',
      'chooseCorpusFiles',
      'openSampleWorkspace',
      'train',
    ]);
  });
});
