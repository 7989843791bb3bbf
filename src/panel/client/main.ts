import { stackOf } from '../../common/errors';
import { isToTrainerPage } from '../gpuProtocol';
import 'uplot/dist/uPlot.min.css';
import './panel.css';
import { messageToPage } from '../messages';
import type { ToPanel } from '../protocol';
import { PageTrainer } from './pageTrainer';
import { PanelView } from './panelView';
import { received } from './received';
import { setVisible } from './redraw';
import { onThemeChange } from './theme';
import { send } from './vscodeApi';

/** Faults beyond these are not reported: one in a drawing would come back with every message. */
const mostReports = 20;
let reports = 0;

function report(error: unknown): void {
  if (reports++ < mostReports) send({ type: 'error', message: stackOf(error) });
}

window.addEventListener('error', (event) => report(event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => report(event.reason));

const view = new PanelView();
document.body.append(view.root);
onThemeChange(() => view.restyle());
const trainer = new PageTrainer(send);

function receive(message: ToPanel): void {
  switch (message.type) {
    case 'hydrate':
      view.show(message.run);
      break;
    case 'event':
      view.append(message.event);
      break;
    case 'visible':
      setVisible(message.visible);
      break;
  }
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = messageToPage(data);
  if (!message) report(new Error('A message was not understood.'));
  else if (isToTrainerPage(message)) trainer.receive(message);
  else receive(received(message));
});
send({ type: 'ready' });
