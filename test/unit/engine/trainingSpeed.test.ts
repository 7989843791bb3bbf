import assert from 'node:assert/strict';
import { TrainingSpeed } from '../../../src/engine/trainingSpeed';

describe('The speed of a run', () => {
  it('is the median of its reports, whatever the first steps and a busy moment say', () => {
    const speed = new TrainingSpeed();
    for (const report of [1, 2, ...Array.from({ length: 30 }, () => 1000), 3, 4]) speed.add(report);
    assert.equal(speed.tokensPerSecond, 1000);
  });

  it('is not known of a run that was too short, nor on a device that has just begun', () => {
    const speed = new TrainingSpeed();
    for (let n = 0; n < 19; n++) speed.add(5);
    assert.equal(speed.tokensPerSecond, undefined);
    speed.add(5);
    assert.equal(speed.tokensPerSecond, 5);
    speed.reset();
    assert.equal(speed.tokensPerSecond, undefined);
  });

  it('follows a run that goes on for long', () => {
    const speed = new TrainingSpeed();
    for (let n = 0; n < 10_000; n++) speed.add(n < 9_000 ? 1000 : 100);
    assert.equal(speed.tokensPerSecond, 100);
  });
});
