import { stackOf } from '../../common/errors';

/** Faults beyond these are not reported: one in a drawing would come back with every message. */
const mostReports = 20;

/** Sends a page's faults to the log, from now on; returns what reports one. */
export function reportFaults(
  send: (fault: { readonly type: 'error'; readonly message: string }) => void,
): (fault: unknown) => void {
  let reports = 0;
  const report = (fault: unknown): void => {
    if (reports++ < mostReports) send({ type: 'error', message: stackOf(fault) });
  };
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
  return report;
}

/** What the log says of a message of another version: nothing else comes of it. */
export function notUnderstood(message: unknown): string {
  const { type } = typeof message === 'object' && message !== null ? (message as { type?: unknown }) : {};
  const name = typeof type === 'string' ? ` “${type.slice(0, 60)}”` : '';
  return `A message${name} was not understood: it is ignored.`;
}
