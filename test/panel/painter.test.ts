import assert from 'node:assert/strict';
import { Painter } from '../../src/panel/painter';
import type { ToPanel } from '../../src/panel/protocol';

const drawing = { width: 10, height: 10, shapes: [] };

describe('Panel: pictures that the page paints', () => {
  it('wait for a page, and come back by their numbers', async () => {
    const painter = new Painter();
    const sent: ToPanel[] = [];
    const first = painter.paint(drawing);
    painter.connect((message) => sent.push(message));
    const second = painter.paint({ ...drawing, width: 20 });
    assert.deepEqual(sent, [
      { type: 'paint', picture: 1, drawing },
      { type: 'paint', picture: 2, drawing: { ...drawing, width: 20 } },
    ]);
    painter.receive({ type: 'painted', picture: 2, bytes: new Uint8Array([2]) });
    painter.receive({ type: 'notPainted', picture: 1, message: 'too large' });
    assert.deepEqual(await second, new Uint8Array([2]));
    await assert.rejects(first, /too large/);
    painter.receive({ type: 'painted', picture: 2, bytes: new Uint8Array([3]) });
  });

  it('are asked for again of a page that takes the place of another, and given up with the panel', async () => {
    const painter = new Painter();
    const sent: ToPanel[] = [];
    painter.connect(() => undefined);
    const picture = painter.paint(drawing);
    painter.connect((message) => sent.push(message));
    assert.equal(sent.length, 1);
    painter.disconnect();
    await assert.rejects(picture, /closed/);
  });
});
