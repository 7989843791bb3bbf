// Reads the labels that stand in the editors of a VS Code window. VS Code draws a decoration's text as CSS
// content.

/**
 * Runs in the page: `page.evaluate(renderedLabels)` or `workbench.evaluate(renderedLabels, [])`. It uses
 * nothing from outside itself.
 * @returns see renderedLabels.d.mts.
 */
export function renderedLabels() {
  const content = (element, pseudo) => {
    const value = getComputedStyle(element, pseudo).content;
    return /^".*"$/s.test(value) ? JSON.parse(value) : '';
  };
  const clean = (text) => text.replace(/\u00a0/g, ' ').replace(/[\u200b\u200c\ufeff]/g, '');
  const rows = (root, selector) =>
    [...root.querySelectorAll(selector)].map((row) => ({ row, top: row.getBoundingClientRect().top }));
  const found = [];
  for (const editor of document.querySelectorAll('.editor-instance .monaco-editor[role="code"]')) {
    const numbers = rows(editor, '.margin-view-overlays .line-numbers').map(({ row, top }) => ({
      number: Number(row.textContent),
      top,
    }));
    for (const { row, top } of rows(editor, '.view-lines > .view-line').sort((a, b) => a.top - b.top)) {
      const labels = [];
      let before = '';
      for (const piece of row.querySelectorAll(':scope > span > span')) {
        const leading = content(piece, '::before');
        if (leading !== '') labels.push({ label: leading, before });
        before += clean(piece.textContent);
        const trailing = content(piece, '::after');
        if (trailing !== '') labels.push({ label: trailing, before });
      }
      found.push({
        file: editor.dataset.uri ?? '',
        line: numbers.find((other) => Math.abs(other.top - top) < 2)?.number ?? 0,
        text: before,
        labels,
      });
    }
  }
  return found;
}
