import assert from 'node:assert/strict';
import { createReferenceDevice } from '../../../src/kernels/reference/device';
import { LocalBackend, slowDevice } from './localBackend';
import { alike, auto, finished, Observer, pause, settings, until } from './runObserver';

describe('A supervised run', function () {
  this.timeout(600_000);

  describe('that is paused or stopped', () => {
    it('stays paused when its device is lost, and goes on elsewhere when it is resumed', async () => {
      const node = alike();
      const steps: number[] = [];
      const observer = new Observer(
        { backends: { node }, settings: { ...settings, epochs: 8 } },
        (event, run) => {
          // Once: the epoch is repeated where its checkpoint was not due yet.
          if (event.type === 'epoch' && event.epoch === 2 && node.trainers.length === 1) run.pause();
          if (event.type === 'paused') node.newest.kill();
          if (event.type === 'progress') steps.push(event.step);
        },
      );
      await until(() => observer.of('moving').length === 1);
      const before = steps.length;
      await pause(100);
      assert.deepEqual([observer.types, steps.length], [['started', 'paused', 'moving'], before]);
      observer.run.resume();
      await observer.ended;
      assert.deepEqual(observer.types, [
        'started',
        'paused',
        'moving',
        'resumed',
        'started',
        'moved',
        'ended',
      ]);
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'done');
    });

    it('reports a pause that the trainer could not answer before it died', async () => {
      const node = alike();
      const observer = new Observer({ backends: { node } }, (event, run) => {
        if (event.type !== 'epoch' || event.epoch !== 1 || node.trainers.length > 1) return;
        run.pause();
        node.newest.kill();
      });
      await until(() => observer.of('moving').length === 1);
      assert.deepEqual(observer.types, ['started', 'moving', 'paused']);
      observer.run.resume();
      await observer.ended;
      const undisturbed = await finished({ backends: { node: alike() } });
      assert.deepEqual(observer.model, undisturbed.model);
    });

    it('keeps what was changed of it when its device is lost', async () => {
      const node = alike();
      const observer = await finished(
        { backends: { node }, settings: { ...settings, epochs: 8 } },
        (event, run) => {
          if (event.type !== 'epoch' || event.epoch !== 2 || node.trainers.length > 1) return;
          run.adjust({ learningRate: 0.001 });
          run.adjust({ stopAfterEpoch: true });
          node.newest.kill();
        },
      );
      assert.deepEqual(observer.of('stopAfterEpoch'), [{ type: 'stopAfterEpoch', wanted: true }]);
      const { learningRate, step } = observer.of('learningRate').at(-1)!;
      assert.deepEqual([learningRate, step], [0.001, observer.of('moving')[0].step]);
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'stopped');
      assert.ok(
        observer.end.epoch < 8 && observer.end.step % observer.of('started')[0].facts.stepsPerEpoch === 0,
      );
    });

    it('measures no device while it is paused', async () => {
      const node = alike();
      const observer = new Observer({ backends: { node }, settings: auto });
      observer.run.pause();
      assert.deepEqual(observer.types, ['paused']);
      await pause(150);
      assert.deepEqual(node.newest.asked, ['files', 'read']);
      observer.run.resume();
      await observer.ended;
      assert.deepEqual(observer.types, ['paused', 'resumed', 'chosen', 'started', 'ended']);
    });

    it('stops while it reads, measures or moves, and leaves no trainer running', async () => {
      const moments: [string, (observer: Observer, node: LocalBackend) => boolean][] = [
        ['opening', () => true],
        ['reading', (_, node) => node.trainers.length === 1],
        ['measuring', (_, node) => node.trainers.length === 1 && node.newest.asked.includes('measure')],
        ['moving', (observer) => observer.of('moving').length === 1],
      ];
      for (const [name, reached] of moments) {
        // Of one device nothing is measured.
        const node = alike(name === 'measuring' ? ['webasm', 'cpu'] : undefined);
        const observer = new Observer({ backends: { node }, settings: auto }, (event) => {
          if (name === 'moving' && event.type === 'epoch' && node.trainers.length === 1) node.newest.kill();
        });
        await until(() => reached(observer, node));
        observer.run.stop();
        await observer.ended;
        assert.ok(observer.end.type === 'ended' && observer.end.reason === 'stopped', name);
        await until(() => node.trainers.every(({ ended }) => ended));
        assert.equal(observer.of('ended').length, 1);
      }
    });

    it('saves all that was learned, however long a step takes', async () => {
      const node = new LocalBackend(['cpu'], () => slowDevice(createReferenceDevice(), 400));
      let atStop = 0;
      const observer = await finished(
        { backends: { node }, settings: { ...settings, epochs: 1000 } },
        (event, run) => {
          if (event.type !== 'progress' || atStop > 0) return;
          atStop = event.step;
          run.stop();
        },
      );
      assert.deepEqual(observer.types, ['started', 'stopping', 'ended']);
      assert.ok(observer.end.type === 'ended' && observer.end.reason === 'stopped');
      assert.ok(atStop > 0 && observer.checkpoint.step >= atStop && observer.checkpoint.latest);
      assert.equal(observer.end.step, observer.checkpoint.step);
    });

    it('ends at once where it is asked to while it stops, and has its last checkpoint', async () => {
      const node = new LocalBackend(['cpu'], () => slowDevice(createReferenceDevice(), 400));
      const observer = await finished(
        { backends: { node }, settings: { ...settings, epochs: 1000 } },
        (event, run) => {
          if (event.type === 'progress') run.stop();
          if (event.type === 'stopping') run.stopNow();
        },
      );
      assert.deepEqual(observer.types, ['started', 'stopping', 'ended']);
      assert.ok(node.newest.ended);
    });

    it('ends as stopped, not as failed, where the trainer dies after the stop', async () => {
      const node = alike();
      const observer = await finished(
        { backends: { node }, settings: { ...settings, epochs: 1000 } },
        (event, run) => {
          if (event.type !== 'epoch') return;
          run.stop();
          node.newest.kill();
        },
      );
      assert.ok(
        observer.end.type === 'ended' && observer.end.reason === 'stopped' && observer.end.epoch === 1,
      );
    });

    it('reports nothing after it was disposed of', async () => {
      const node = alike();
      const observer = new Observer({ backends: { node } });
      await until(() => observer.of('started').length === 1);
      const before = observer.all.length;
      observer.run.dispose();
      await pause(100);
      assert.equal(observer.all.length, before);
      assert.ok(node.newest.ended);
    });
  });
});
