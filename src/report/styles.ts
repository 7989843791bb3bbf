/** The styles of a report: light or dark as its reader has it, and light on paper. */
export const styles = `
:root {
  color-scheme: light dark;
  --text: #1f1f1f; --faint: #5a5a5a; --grid: #dddddd; --background: #ffffff; --line: #c8c8c8;
  --note: #f3f6fb; --training: #1a76e0; --development: #996c00; --score: #388a34;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #d4d4d4; --faint: #a6a6a6; --grid: #3a3a3a; --background: #1f1f1f; --line: #454545;
    --note: #252a31; --training: #3794ff; --development: #cca700; --score: #89d185;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--background); color: var(--text);
  font: 14px/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 960px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { margin: 0; font-size: 1.6em; overflow-wrap: anywhere; }
h2 { margin: 28px 0 6px; font-size: 1.15em; }
h2 small { color: var(--faint); font-size: 0.85em; font-weight: normal; }
.line { margin: 4px 0 16px; color: var(--faint); overflow-wrap: anywhere; }
.note {
  margin: 0 0 10px; padding: 8px 12px; border-left: 3px solid var(--training); background: var(--note);
  overflow-wrap: anywhere; white-space: pre-line;
}
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr)); gap: 12px 20px; margin: 16px 0; }
dt { color: var(--faint); font-size: 0.92em; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
figure { margin: 0; }
svg { display: block; width: 100%; min-width: 480px; height: auto; }
.scroller { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 8px; border-bottom: 1px solid var(--grid); font-weight: inherit; text-align: right; }
thead th { color: var(--faint); vertical-align: bottom; }
th:first-child, .text { text-align: left; }
.text { overflow-wrap: anywhere; }
td:not(.text) { white-space: nowrap; }
.curve { text-align: left; }
.curve svg { width: 84px; min-width: 0; }
.scroller + .line { margin: 6px 0 0; font-size: 0.92em; }
tr.best > * { font-weight: 600; }
tr.best > th::after { content: " \\2605"; content: " \\2605" / ""; color: var(--score); }
@media print { section { break-inside: avoid; } svg { min-width: 0; } }
`;
