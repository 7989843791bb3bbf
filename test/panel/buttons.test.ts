import assert from 'node:assert/strict';
import type { RunPhase } from '../../src/run/runState';
import { describePanel } from './panelSuite';
import { historyTo, runIn, stopped } from './runs';

describePanel('The loss panel’s buttons', (open) => {
  const offers: Record<RunPhase, Record<string, 'enabled' | 'disabled'>> = {
    starting: { Pause: 'disabled', Stop: 'enabled' },
    moving: { Pause: 'disabled', Stop: 'enabled' },
    running: { Pause: 'enabled', Stop: 'enabled' },
    paused: { Resume: 'enabled', Stop: 'enabled' },
    stopping: { Pause: 'disabled', Stop: 'disabled' },
    done: { Pause: 'disabled', Stop: 'disabled', 'Train…': 'enabled' },
    stopped: { Pause: 'disabled', Stop: 'disabled', 'Train…': 'enabled' },
    diverged: { Pause: 'disabled', Stop: 'disabled', 'Train…': 'enabled', 'Show Log': 'enabled' },
    failed: { Pause: 'disabled', Stop: 'disabled', 'Train…': 'enabled', 'Show Log': 'enabled' },
    interrupted: { Resume: 'enabled', Stop: 'disabled', 'Train…': 'enabled', 'Show Log': 'enabled' },
  };
  const messages: Record<string, string> = {
    Pause: 'pause',
    Resume: 'resume',
    Stop: 'stop',
    'Train…': 'train',
    'Show Log': 'showLog',
  };

  for (const [phase, expected] of Object.entries(offers) as [RunPhase, Record<string, string>][]) {
    it(`offers ${Object.keys(expected).join(', ')} while ${phase}`, async () => {
      const shown = await open();
      await shown.send({ type: 'hydrate', run: runIn(phase, { history: historyTo(500) }) });
      const buttons = shown.page.locator('button:visible');
      const offered: Record<string, string> = {};
      for (const button of await buttons.all())
        offered[await button.innerText()] = (await button.isEnabled()) ? 'enabled' : 'disabled';
      assert.deepEqual(offered, expected);
      for (const button of await buttons.all()) await button.click({ force: true });
      const wanted = Object.keys(expected)
        .filter((name) => expected[name] === 'enabled')
        .map((name) => messages[name]);
      const sent = (await shown.posted()).slice(1).map((message) => message.type as string);
      assert.deepEqual(sent.sort(), wanted.sort());
    });
  }

  it('are only Train… while the run goes on in another window, which is said', async () => {
    const shown = await open();
    const run = runIn('running', { history: historyTo(500) });
    await shown.send({ type: 'hydrate', run: { ...run, elsewhere: true } });
    assert.deepEqual(await shown.page.locator('button:visible').allInnerTexts(), ['Train…']);
    assert.equal(await shown.page.locator('main .state').innerText(), 'Training in another window');
    assert.match(await shown.page.locator('.notice:visible p').first().innerText(), /paused and stopped/);
    await shown.send({ type: 'hydrate', run: runIn('interrupted', { history: historyTo(500) }) });
    assert.ok(await shown.page.getByRole('button', { name: 'Resume' }).isEnabled());
    assert.equal(await shown.page.locator('main .state').innerText(), 'Interrupted');
  });

  it('take one message from a double click', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500) }) });
    await shown.page.getByRole('button', { name: 'Pause' }).dblclick();
    assert.deepEqual(await shown.posted(), [{ type: 'ready' }, { type: 'pause' }]);
  });

  it('keep the focus while they change, and answer to the keyboard', async () => {
    const shown = await open();
    await shown.send({ type: 'hydrate', run: runIn('running', { history: historyTo(500) }) });
    const focused = (): Promise<string> =>
      shown.page.evaluate(() => document.activeElement?.textContent ?? '');
    await shown.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Pause');
    const outline = await shown.page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    assert.equal(outline, 'solid', 'the focus is visible');
    await shown.page.keyboard.press('Enter');
    await shown.send({ type: 'event', event: { type: 'paused' } });
    assert.equal(await focused(), 'Resume');
    await shown.page.keyboard.press('Space');
    await shown.send({ type: 'event', event: { type: 'resumed' } });
    await shown.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Stop');
    await shown.page.keyboard.press('Enter');
    await shown.send(stopped);
    assert.equal(await focused(), 'Stop');
    await shown.page.keyboard.press('Enter');
    assert.deepEqual(
      (await shown.posted()).map((message) => message.type),
      ['ready', 'pause', 'resume', 'stop'],
    );
    const checkpoint = { epoch: 13, step: 2980, best: false, latest: true };
    await shown.send({ type: 'event', event: { type: 'checkpoint', ...checkpoint } });
    await shown.page.getByRole('button', { name: 'Resume' }).click();
    assert.equal((await shown.posted()).at(-1)?.type, 'resume');
  });
});
