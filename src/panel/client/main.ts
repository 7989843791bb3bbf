import './language';
import { isToTrainerPage } from '../gpuProtocol';
import 'uplot/dist/uPlot.min.css';
import './panel.css';
import { messageToPage } from '../messages';
import type { ToPanel } from '../protocol';
import { notUnderstood, reportFaults } from './faults';
import { PageTrainer } from './pageTrainer';
import { paint } from './paint';
import { PanelView } from './panelView';
import { received } from './received';
import { setVisible } from './redraw';
import { onThemeChange } from './theme';
import { send } from './vscodeApi';

const report = reportFaults(send);

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
    case 'outcome':
      view.tellOutcome(message.outcome);
      break;
    case 'learned':
      view.tellLearned(message);
      break;
    case 'runs':
      view.tellRuns(message);
      break;
    case 'paint':
      void paint(message.picture, message.drawing, send);
      break;
    case 'visible':
      setVisible(message.visible);
      break;
  }
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = messageToPage(data);
  if (!message) report(notUnderstood(data));
  else if (isToTrainerPage(message)) trainer.receive(message);
  else receive(received(message));
});
send({ type: 'ready' });
