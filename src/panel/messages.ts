/** Messages as they arrive, on either end: checked before they count as what the protocols say. */
import { lookCount } from '../run/runLook';
import type { FromTrainerPage, ToTrainerPage } from './gpuProtocol';
import type { FromPanel, RunOver, ToPanel } from './protocol';

type Fields = Readonly<Record<string, unknown>>;
type Check = (message: Fields) => boolean;

const always: Check = () => true;
const ofTrainer: Check = ({ trainer }) => typeof trainer === 'number';
const isTyped = (value: unknown): boolean => isFields(value) && typeof value.type === 'string';
const isError = (value: unknown): boolean =>
  isFields(value) && typeof value.name === 'string' && typeof value.message === 'string';

const fromPage: Readonly<Record<(FromPanel | FromTrainerPage)['type'], Check>> = {
  ready: always,
  pause: always,
  resume: always,
  stop: always,
  stopAfterEpoch: always,
  changeLearningRate: always,
  train: always,
  showLog: always,
  showGradientFlow: always,
  review: ({ run }) => typeof run === 'string',
  saveRun: ({ run, over }) => typeof run === 'string' && isRunsOver(over),
  painted: ({ picture, bytes }) => typeof picture === 'number' && bytes instanceof Uint8Array,
  notPainted: ({ picture, message }) => typeof picture === 'number' && typeof message === 'string',
  trainWith: ({ run, changes }) => typeof run === 'string' && isFields(changes),
  'learned.read': ({ run }) => typeof run === 'string',
  'learned.use': ({ run }) => typeof run === 'string',
  'learned.tokens': ({ run, gold, predicted }) =>
    [run, gold, predicted].every((text) => typeof text === 'string'),
  'learned.sentence': ({ run, place }) => typeof run === 'string' && Number.isInteger(place),
  'runs.follow': ({ list, curves, smoothing, first }) =>
    typeof list === 'boolean' &&
    typeof first === 'boolean' &&
    isTexts(curves) &&
    typeof smoothing === 'number',
  'runs.show': ({ run }) => typeof run === 'string',
  'runs.rename': ({ run }) => typeof run === 'string',
  'runs.delete': ({ run }) => typeof run === 'string',
  'runs.copy': ({ text }) => typeof text === 'string',
  error: ({ message }) => typeof message === 'string',
  'trainer.started': ofTrainer,
  'trainer.event': (message) => ofTrainer(message) && isTyped(message.event),
  'trainer.ended': (message) => ofTrainer(message) && isError(message.error),
  'trainer.pong': ofTrainer,
};

const isLook = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < lookCount;

/** Runs to draw over another, as a page or a caller of a command names them. */
export function isRunsOver(value: unknown): value is RunOver[] {
  return (
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        isFields(one) && typeof one.run === 'string' && isLook(one.place) && isLook(one.color),
    )
  );
}

const toPage: Readonly<Record<(ToPanel | ToTrainerPage)['type'], Check>> = {
  hydrate: ({ run }) => run === undefined || isRun(run),
  event: ({ event }) => isFields(event) && (event.type === 'progress' ? isProgress(event) : isTyped(event)),
  outcome: ({ outcome }) => isOutcome(outcome),
  learned: ({ run, details }) => typeof run === 'string' && (details === undefined || isFields(details)),
  runs: ({ list, curves }) =>
    (list === undefined || (Array.isArray(list) && list.every(isListed))) &&
    Array.isArray(curves) &&
    curves.every(isCurves),
  paint: ({ picture, drawing }) => typeof picture === 'number' && isDrawing(drawing),
  visible: ({ visible }) => typeof visible === 'boolean',
  'trainer.start': (message) => ofTrainer(message) && message.script instanceof Uint8Array,
  'trainer.request': (message) => ofTrainer(message) && isTyped(message.request),
  'trainer.end': ofTrainer,
  'trainer.ping': ofTrainer,
};

/** A message from the page; undefined for what the page does not say. */
export function messageFromPage(message: unknown): FromPanel | FromTrainerPage | undefined {
  return isOneOf(fromPage, message) ? (message as unknown as FromPanel | FromTrainerPage) : undefined;
}

/** A message to the page; undefined for what the host does not say. */
export function messageToPage(message: unknown): ToPanel | ToTrainerPage | undefined {
  return isOneOf(toPage, message) ? (message as unknown as ToPanel | ToTrainerPage) : undefined;
}

function isOneOf(checks: Readonly<Record<string, Check>>, message: unknown): message is Fields {
  if (!isFields(message) || typeof message.type !== 'string') return false;
  return Object.hasOwn(checks, message.type) && checks[message.type](message);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** JSON has null for a loss that is not finite. */
function isListOfLosses(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => value === null || typeof value === 'number');
}

function isProgress({ steps, losses }: Fields): boolean {
  return Array.isArray(steps) && isListOfLosses(losses) && steps.length === (losses as unknown[]).length;
}

function isRun(run: unknown): boolean {
  if (!isFields(run) || typeof run.id !== 'string' || !isFields(run.state)) return false;
  const { history } = run.state;
  if (run.outcome !== undefined && !isOutcome(run.outcome)) return false;
  if (!isFields(history) || !isProgress(history) || !Array.isArray(history.epochs)) return false;
  return [history.least, history.greatest].every((losses) => losses === undefined || isListOfLosses(losses));
}

const isTexts = (values: unknown): boolean =>
  Array.isArray(values) && values.every((value) => typeof value === 'string');

function isListed(run: unknown): boolean {
  if (!isFields(run) || !isFields(run.settings)) return false;
  return [run.id, run.title, run.corpus, run.column, run.state, run.created].every(
    (text) => typeof text === 'string',
  );
}

function isCurves(run: unknown): boolean {
  if (!isFields(run) || typeof run.id !== 'string' || !Array.isArray(run.epochs)) return false;
  return run.epochs.every(isFields) && isProgress({ steps: run.steps, losses: run.smoothed });
}

function isDrawing(drawing: unknown): boolean {
  if (!isFields(drawing) || !Array.isArray(drawing.shapes)) return false;
  return (
    [drawing.width, drawing.height].every((length) => typeof length === 'number') &&
    drawing.shapes.every(isTyped)
  );
}

function isOutcome(outcome: unknown): boolean {
  if (!isFields(outcome) || typeof outcome.text !== 'string') return false;
  return outcome.start === undefined || typeof outcome.start === 'string';
}
