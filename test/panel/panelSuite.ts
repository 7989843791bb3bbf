import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { textContrasts } from './contrast';
import { bundleFolder, launch, PanelPage } from './harness';
import { themes } from './themes';
import type { Theme } from './themes';

/** Opens the panel's page, in Dark Modern where no theme is named. */
export type OpenPanel = (theme?: Theme, options?: Parameters<typeof PanelPage.open>[3]) => Promise<PanelPage>;

/**
 * A suite with a browser. After each test its page is closed; none may break its own policy or report a
 * fault.
 */
export function describePanel(title: string, define: (open: OpenPanel) => void): void {
  describe(title, function () {
    this.timeout(600_000);
    let browser: Browser;
    let folder: string;
    let panel: PanelPage | undefined;

    before(async () => {
      folder = await bundleFolder();
      browser = await launch();
    });
    after(() => browser?.close());
    afterEach(async () => {
      if (!panel) return;
      const closing = panel;
      panel = undefined;
      const violations = await closing.violations();
      const faults = (await closing.posted()).filter((message) => message.type === 'error');
      await closing.close();
      assert.deepEqual(violations, []);
      assert.deepEqual(faults, []);
    });

    define(async (theme = themes.darkModern, options) => {
      panel = await PanelPage.open(browser, folder, theme, options);
      return panel;
    });
  });
}

/** Every text stands out from its background as WCAG wants it. */
export async function assertReadable(shown: PanelPage): Promise<void> {
  const texts = await textContrasts(shown.page);
  assert.ok(texts.length > 2);
  assert.deepEqual(
    texts.filter(({ ratio }) => ratio < 4.5),
    [],
  );
}
