import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { PanelPage } from './harness';

/** Puts axe into the page, before the page's own policy holds; the page is loaded anew. */
export async function withAxe(shown: PanelPage): Promise<PanelPage> {
  await shown.page.addInitScript({ content: axe.source });
  await shown.load();
  return shown;
}

/** What axe finds on the page as it is now, by all of its rules or those that are named. */
export async function faultsFoundByAxe(shown: PanelPage, rules?: readonly string[]): Promise<string[]> {
  const options: RunOptions = rules ? { runOnly: [...rules] } : {};
  const { violations, passes } = await shown.page.evaluate(
    (asked) => (window as unknown as { axe: typeof axe }).axe.run(document, asked) as Promise<AxeResults>,
    options,
  );
  assert.ok(passes.length >= (rules?.length ?? 10), 'axe looked at the page');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id} (${help}): ${html.slice(0, 200)}`),
  );
}
