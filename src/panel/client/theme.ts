/** What the charts draw with, as the browser computed it from the theme: canvases know no CSS variables. */
export interface ChartTheme {
  readonly text: string;
  readonly grid: string;
  readonly background: string;
  readonly training: string;
  readonly development: string;
  readonly score: string;
  /** Of the runs that are drawn over the one that is shown. */
  readonly runs: readonly string[];
  /** CSS font shorthand of axis figures. */
  readonly font: string;
  readonly highContrast: boolean;
}

const runPlaces = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Reads the colours that panel.css names `--chart-…`. */
export function readTheme(): ChartTheme {
  const probe = document.createElement('span');
  probe.className = 'chart-text';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--chart-${name})`;
    return style.color;
  };
  const theme: ChartTheme = {
    text: color('text'),
    grid: color('grid'),
    background: color('background'),
    training: color('training'),
    development: color('development'),
    score: color('score'),
    runs: runPlaces.map((place) => color(`run-${place}`)),
    font: `${Math.round(parseFloat(style.fontSize))}px ${style.fontFamily}`,
    highContrast: document.body.classList.contains('vscode-high-contrast'),
  };
  probe.remove();
  return theme;
}

/**
 * Calls back when VS Code gives the page another theme: it sets variables on the root and classes on the
 * body.
 */
export function onThemeChange(callback: () => void): void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['style', 'class'] });
}
