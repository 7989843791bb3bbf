import '../language';
import 'uplot/dist/uPlot.min.css';
import '../panel.css';
import './network.css';
import { toNetworkPage } from '../../network/protocol';
import { notUnderstood, reportFaults } from '../faults';
import { onThemeChange } from '../theme';
import { NetworkView } from './networkView';
import { readViewState, send } from './pageApi';

const report = reportFaults(send);

const kept = readViewState();
const view = new NetworkView(kept);
document.body.append(view.root);
document.addEventListener('keydown', (event) => view.pressed(event));
onThemeChange(() => view.restyle());

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = toNetworkPage(data);
  switch (message?.type) {
    case 'show':
      view.show(message.sentence, message.tab);
      break;
    case 'nothing':
      view.showNothing(message.reason);
      break;
    case 'stale':
      view.tellStale(message.text);
      break;
    case undefined:
      report(notUnderstood(data));
  }
});
send({ type: 'ready', ...(kept.place && { place: kept.place }) });
