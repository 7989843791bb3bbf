import type { TrainingEvent } from '../../../src/run/runEvent';
import type { TrainerHooks } from '../../../src/training/trainer';

/** What a test does with the events of a run, by their type. */
type Handlers = {
  readonly [Type in TrainingEvent['type']]?: (event: TrainingEvent & { readonly type: Type }) => unknown;
};

/** A function that takes a run's events; those without a handler are passed over. */
export function emitTo(handlers: Handlers): TrainerHooks['emit'] {
  return (event) => {
    const handle = handlers[event.type] as ((event: TrainingEvent) => unknown) | undefined;
    handle?.(event);
  };
}

/** Hooks of a run that is not held up, with a clock that gains `msPerLook` at each look. */
export function hooksOf(handlers: Handlers, msPerLook = 1): TrainerHooks {
  let now = 0;
  return { emit: emitTo(handlers), yieldToHost: () => 'continue', now: () => (now += msPerLook) };
}
