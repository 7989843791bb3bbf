/** How people meet each setting of the {@link schema}: what it is called and what is said of it. */
import { settingNames } from './schema';
import type { Schema, Setting, SettingName } from './schema';

/** What is said of a setting, in Markdown. Its default is added where the texts are put together. */
export interface Presentation {
  /** In whole sentences, for the settings editor. */
  readonly description: string;
  /** In a few words, for the README's table, and without its backquotes for `--help`. */
  readonly summary: string;
  /** For `--help`, where the summary will not do. */
  readonly help?: string;
  /** What each choice means; of a switch, `true` and `false`. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** In words, the default that follows from other settings. */
  readonly defaultInWords?: string;
  /** The command line's option, where it is not the setting's name with hyphens. */
  readonly option?: string;
  /** What the option calls `true` and `false`, where it is not on and off. */
  readonly switchWords?: readonly [on: string, off: string];
}

type Listed<Of> = Of extends { readonly choices: readonly (infer Choice extends string)[] }
  ? Of extends { readonly unlisted: readonly (infer Unlisted)[] }
    ? Exclude<Choice, Unlisted>
    : Choice
  : 'true' | 'false';

/** What must be said of a setting follows from its kind. */
type PresentationOf<Of extends Setting> = Presentation &
  (Of extends { readonly kind: 'choice' | 'switch' }
    ? { readonly meanings: Readonly<Record<Listed<Of>, string>> }
    : unknown) &
  (Of extends { readonly follows: true } ? { readonly defaultInWords: string } : unknown);

const presentations: { readonly [Name in SettingName]: PresentationOf<Schema[Name]> } = {
  device: {
    description:
      'Where models are trained. What was measured on `auto` is remembered: [Measure Devices Again](command:rnnTagger.measureDevicesAgain) forgets it.',
    summary: 'where to train; `auto` measures the devices that there are',
    meanings: {
      auto: '`simd` on a machine without a GPU; else GPU and `simd` train for a moment, and the fastest is taken. The loss panel lists what was measured.',
      webgpu: 'The GPU, by WebGPU (gpu.js). Trains in the loss panel.',
      webgl2: 'The GPU, by WebGL2 (gpu.js). Trains in the loss panel.',
      simd: 'The processor, by WebAssembly SIMD, on several cores.',
      webasm: 'The processor, by WebAssembly (gpu.js).',
      cpu: 'The processor, by plain JavaScript (gpu.js): works everywhere, slowly.',
    },
  },
  epochs: {
    description:
      'How often training goes through the whole training set. 0: as many times as its size asks for, 5 to 60. `#rnnTagger.training.patience#` ends a run sooner.',
    summary: 'passes over the training set; 0: as many as its size asks for, 5 to 60',
  },
  hidden: {
    description: 'Hidden units (H) of each layer and direction: more learn more and take longer.',
    summary: 'hidden units, of each layer and direction',
  },
  layers: {
    description:
      'Hidden layers: the states of one are the input of the next. How wide each is: `#rnnTagger.training.hidden#`.',
    summary: 'hidden layers',
  },
  bidirectional: {
    description: 'Whether each layer also reads sentences from right to left.',
    summary: 'whether sentences are also read from right to left',
    meanings: {
      true: 'In both directions: a label depends on the words before it and after it.',
      false: 'From left to right: a label depends on the words up to its own.',
    },
    help: 'both, or left-to-right',
    option: 'directions',
    switchWords: ['both', 'left-to-right'],
  },
  input: {
    description: 'What the network sees of a token.',
    summary: '`features`: word, affixes, shape, neighbours; `one-hot`: the word alone, the plain network',
    meanings: {
      features:
        'The word, its affixes and its shape, and its neighbours; for scripts without spaces, characters and their neighbours. Says something of unknown words too.',
      'one-hot': 'The word alone, one-hot: the plain network. The settings that are not set become its own.',
    },
  },
  columns: {
    description:
      'Further columns of the corpus that the model reads beside the word, by name or number, such as `POS` and `CHUNK` in CoNLL-2003. Text to label should have them too: without them labels are worse. One-hot input reads none. [Check Corpus](command:rnnTagger.checkCorpus) lists the columns that there are.',
    summary:
      'further columns of the corpus that are read beside the word, by name or number, such as `["POS", "CHUNK"]`; one-hot input reads none',
    help: 'further columns to read, by name or number: --input-columns POS,CHUNK',
    option: 'input-columns',
  },
  batch: {
    description:
      'Sentences in a minibatch. 1 updates the parameters after each sentence, 0 once for the whole training set.',
    summary: 'sentences in a minibatch; 1: one at a time, 0: the whole set',
  },
  optimizer: {
    description: 'How the gradient changes the parameters.',
    summary: '`sgd`, `momentum` or `adam`',
    meanings: {
      sgd: 'Stochastic gradient descent.',
      momentum: 'Gradient descent with momentum.',
      adam: 'Adam: each parameter has a step size that follows from its gradients.',
    },
  },
  learningRate: {
    description:
      'Learning rate (λ): the size of a step. Too large a rate makes the loss diverge, and what suits one optimizer (`#rnnTagger.training.optimizer#`) does not suit another.',
    summary:
      'step size λ; with SGD 0.01 for one sentence at a time, 0.3 for the whole set, 0.15 otherwise; with momentum a tenth; with sigmoid and either of these four times as much',
    defaultInWords:
      '0.002 with Adam; with SGD and momentum it follows from minibatch and activation, for one-hot input 0.15',
    help: 'step size',
  },
  patience: {
    description:
      'After how many epochs without a better development score a run ends. 0: never. Its best epoch becomes the model either way. How many there are at most: `#rnnTagger.training.epochs#`.',
    summary: 'epochs without a better development score after which a run ends; 0: none',
  },
  activation: {
    description: 'Activation of the hidden units (f).',
    summary: '`tanh`, `sigmoid` or `relu`',
    meanings: {
      tanh: 'Hyperbolic tangent.',
      sigmoid: 'Logistic sigmoid.',
      relu: 'Rectified linear unit, max(0, s).',
    },
  },
  loss: {
    description: 'What is minimised.',
    summary:
      '`softmax`: by token; `crf`: by sentence, with transitions between labels; `auto`: `crf` where up to 500 labels mark spans',
    help: 'softmax (by token), crf (by sentence, with transitions between labels), or auto',
    meanings: {
      auto: '`crf` where labels mark spans, such as names, and there are at most 500 of them; else `softmax`.',
      softmax: 'Each token by itself: softmax with cross-entropy.',
      crf: 'The sentence as a whole: a conditional random field, which learns how labels follow each other. At most 2,048 labels.',
    },
  },
  dropout: {
    description:
      'Share of the hidden states that is dropped at random in training, so that the network does not learn by heart. Of its input: `#rnnTagger.training.inputDropout#` and `#rnnTagger.training.wordDropout#`.',
    summary: 'share of the hidden states that is dropped in training',
  },
  inputDropout: {
    description:
      "Share of the entries of the input, the sum of a token's features, that is dropped at random in training. With one-hot input it has no effect.",
    summary: 'share of the input that is dropped',
  },
  wordDropout: {
    description:
      'How often a word is withheld in training, its affixes and shape not, so that words that the corpus lacks are learned. With one-hot input it has no effect: words that occur once are withheld every other time.',
    summary:
      'how often a word is withheld, its affixes and shape not, so that unknown words are learned; one-hot, it is words that occur once, every other time',
    help: "how often a token's own word is withheld",
  },
  clip: {
    description:
      'Largest norm of the gradient: longer ones are shortened to it, which keeps exploding gradients from ruining a run. 0 does not clip.',
    summary: 'largest gradient norm; 0: no clipping, as for SGD and momentum by single sentences',
    defaultInWords: '5, and 0 for SGD or momentum by single sentences',
  },
  schedule: {
    description: 'How the learning rate (`#rnnTagger.training.learningRate#`) goes on.',
    summary: 'of the learning rate: `constant`, or `linear`: it falls to nearly 0',
    meanings: {
      constant: 'The same all the time.',
      linear: 'Falls in a line, nearly to 0 at the end of the last epoch.',
    },
  },
  averaging: {
    description: 'Whether weights are averaged over the last steps.',
    summary: 'whether the weights of the last steps are averaged',
    meanings: {
      true: 'The average of the last weights is scored and becomes the model: it does better on new text.',
      false: 'The weights as they are.',
    },
  },
  tableRate: {
    description:
      "Learning rate of the input table, as a multiple of the others': its rows are met more rarely.",
    summary: "the input table's learning rate, as a multiple; 4 with Adam, else 1",
    defaultInWords: '4 with Adam, else 1',
  },
  embedding: {
    description: 'Numbers that stand for a feature (E). One-hot input has none.',
    summary: 'numbers to a feature; one-hot input has none',
  },
  truncation: {
    description:
      'Truncated backpropagation through time: the backward sweep is cut at every so many tokens (τ). 0: it goes through the whole sentence.',
    summary: 'steps after which the backward sweep is cut (truncated BPTT); 0: none',
  },
  seed: {
    description: 'Seed of all random choices. The same seed, data, settings and device give the same model.',
    summary: 'of all random choices',
    help: 'for initial weights, order and held-out data',
  },
  threads: {
    description:
      'Threads for training on `simd`. 0: one fewer than there are cores, so that the editor stays quick; more than there are cores are not taken. The result is the same for any number.',
    summary:
      'threads for `simd`; 0: one fewer than there are cores, so that the editor stays quick, and at most as many as there are; the result is the same for any number',
  },
};

/** What a group of settings is about: its id, and its title in the settings editor and the README. */
export interface SettingGroup {
  readonly id: string;
  readonly title: string;
  readonly names: readonly SettingName[];
}

/** The settings as people read them: what one looks for first, first. The rest of the schema belongs to the last. */
export const settingGroups: readonly SettingGroup[] = grouped([
  { id: 'training', title: 'Training', names: ['device', 'epochs', 'patience', 'seed', 'threads'] },
  {
    id: 'network',
    title: 'Training: Network',
    names: [
      'input',
      'columns',
      'hidden',
      'layers',
      'bidirectional',
      'activation',
      'loss',
      'embedding',
      'truncation',
    ],
  },
  { id: 'updates', title: 'Training: Updates and Dropout', names: [] },
]);

function grouped(groups: readonly SettingGroup[]): SettingGroup[] {
  const named = new Set(groups.flatMap(({ names }) => names));
  const others = settingNames.filter((name) => !named.has(name));
  return groups.map((group, at) =>
    at === groups.length - 1 ? { ...group, names: [...group.names, ...others] } : group,
  );
}

/** All settings, in the order of their groups. */
export const settingsInOrder: readonly SettingName[] = settingGroups.flatMap(({ names }) => names);

export function presentationOf(name: SettingName): Presentation {
  return presentations[name];
}

/** The setting's key in `settings.json`, below `rnnTagger.`. */
export function configurationKey(name: SettingName): string {
  return name === 'device' ? name : `training.${name}`;
}

/** The words that a setting offers, in their order; none where it takes no words. */
export function listedChoices(setting: Setting): readonly string[] {
  if (setting.kind !== 'choice') return [];
  return setting.choices.filter((choice) => setting.unlisted?.includes(choice) !== true);
}
