/**
 * The trainer that ships, in a worker whose GPU can be taken away, and that can be made to fail: by a word on
 * a channel.
 */
import { loseAll } from '../kernels/contextLoss';
import '../../src/engine/web/trainer';
import { faultChannel } from './faults';
import type { Fault } from './faults';

new BroadcastChannel(faultChannel).onmessage = ({ data: fault }: MessageEvent<Fault>) => {
  switch (fault) {
    case 'lose webgpu':
      void loseAll('webgpu');
      break;
    case 'lose webgl2':
      void loseAll('webgl2');
      break;
    case 'throw':
      setTimeout(() => {
        throw new Error('out of luck');
      });
      break;
    case 'close':
      close();
      break;
  }
};
