import type { Page } from 'playwright-core';

/** Text on the page with the ratio of its colour to what is behind it (WCAG 2.2, "contrast ratio"). */
export interface TextContrast {
  readonly text: string;
  readonly ratio: number;
}

/** All visible text, as rendered; buttons that do not apply are left out, as WCAG leaves them out. */
export function textContrasts(page: Page): Promise<TextContrast[]> {
  return page.evaluate(() => {
    type Color = [number, number, number, number];
    const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!probe) throw new Error('no canvas');
    const parse = (css: string): Color => {
      probe.clearRect(0, 0, 1, 1);
      probe.fillStyle = css;
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = probe.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = (top: Color, below: Color): Color =>
      [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1) as Color;
    const luminance = (color: Color): number => {
      const [r, g, b] = color
        .slice(0, 3)
        .map((value) =>
          value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
        );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const background = (element: Element | null): Color => {
      if (!element) return [255, 255, 255, 1];
      const own = parse(getComputedStyle(element).backgroundColor);
      return own[3] >= 1 ? own : over(own, background(element.parentElement));
    };
    const found: { text: string; ratio: number }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim() ?? '';
      const element = walker.currentNode.parentElement;
      if (
        text === '' ||
        !element ||
        !element.checkVisibility() ||
        element.closest('.visually-hidden, [aria-disabled=true], script, style')
      )
        continue;
      const behind = background(element);
      const [lighter, darker] = [
        luminance(over(parse(getComputedStyle(element).color), behind)),
        luminance(behind),
      ].sort((a, b) => b - a);
      found.push({ text, ratio: (lighter + 0.05) / (darker + 0.05) });
    }
    return found;
  });
}
