import { fork } from 'node:child_process';
import path from 'node:path';
import type { WindowMessage, WindowPlan } from './windowPlan';

/** A window's process, seen from the test. */
export class WindowChild {
  readonly messages: WindowMessage[] = [];
  /** Resolves once it is dead and all that it said is here. */
  readonly gone: Promise<void>;
  /** Why it died by itself, if it did. */
  failure: string | undefined;

  /** @param listener hears each message, with its number from 0. */
  constructor(plan: WindowPlan, listener: (message: WindowMessage, number: number) => void) {
    const child = fork(path.resolve('out/test/faults/windowProcess.js'), [JSON.stringify(plan)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // What the test runner adds for its own processes makes the start slower.
      env: { ...process.env, NODE_OPTIONS: '' },
      execArgv: ['--enable-source-maps'],
    });
    let said = '';
    child.stderr?.on('data', (text) => (said += String(text)));
    child.on('message', (message: WindowMessage) => {
      this.messages.push(message);
      listener(message, this.messages.length - 1);
    });
    this.kill = () => void child.kill('SIGKILL');
    const disconnected = new Promise<void>((resolve) => child.on('disconnect', resolve));
    const closed = new Promise<void>((resolve) =>
      child.on('close', (_, signal) => {
        if (signal !== 'SIGKILL') this.failure = said || `it ended by itself: ${signal}`;
        resolve();
      }),
    );
    this.gone = Promise.all([disconnected, closed]).then(() => undefined);
  }

  readonly kill: () => void;

  /** The steps of the checkpoints that it has said to be on the disk. */
  get kept(): number[] {
    return this.messages.flatMap((message) => (message.type === 'kept' ? [message.step] : []));
  }
}
