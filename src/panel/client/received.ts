import type { ToPanel } from '../protocol';

/** A message as it was sent: messages are JSON, where losses that are not finite become null. */
export function received(message: ToPanel): ToPanel {
  if (message.type === 'hydrate' && message.run) {
    const { run } = message;
    const { history } = run.state;
    const { losses, least, greatest } = history;
    const envelope = least && greatest && { least: numbers(least), greatest: numbers(greatest) };
    const state = { ...run.state, history: { ...history, losses: numbers(losses), ...envelope } };
    return { ...message, run: { ...run, state } };
  }
  if (message.type === 'event' && message.event.type === 'progress')
    return { ...message, event: { ...message.event, losses: numbers(message.event.losses) } };
  return message;
}

function numbers(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? NaN);
}
