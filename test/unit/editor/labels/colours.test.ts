import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { colours } from '../../../../src/editor/labels/labelSet';
import { contrast, distance, eyes, lightOf, perceived } from './colourVision';

type Theme = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

const manifest: { contributes: { colors: { id: string; defaults: Record<Theme, string> }[] } } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const byId = new Map(manifest.contributes.colors.map(({ id, defaults }) => [id, defaults]));
const colour = (name: string, theme: Theme): string => byId.get(`rnnTagger.${name}`)![theme];
const hues = (theme: Theme): string[] =>
  Array.from({ length: colours }, (_, i) => colour(`label${i + 1}Foreground`, theme));

/**
 * Editors of the themes that VS Code comes with by default: their grounds, text and errors, and the contrast that
 * lines and bars have at least (WCAG 2.2 asks for 3 to 1). Text has 4.5 to 1.
 */
const themes: Readonly<
  Record<Theme, { grounds: string[]; text: string; least: number; errors: readonly string[] }>
> = {
  dark: {
    grounds: ['#1f1f1f', '#1e1e1e'],
    text: '#cccccc',
    least: 4.5,
    errors: ['#f14c4c', '#f85149', '#cca700'],
  },
  light: { grounds: ['#ffffff'], text: '#3b3b3b', least: 3, errors: ['#e51400', '#f85149', '#bf8803'] },
  highContrast: { grounds: ['#000000'], text: '#ffffff', least: 7, errors: ['#f48771', '#ffd370'] },
  highContrastLight: { grounds: ['#ffffff'], text: '#292929', least: 4.5, errors: ['#b5200d', '#895503'] },
};

for (const [theme, { grounds, text, least, errors }] of Object.entries(themes) as [
  Theme,
  (typeof themes)[Theme],
][]) {
  describe(`The colours of the theme ${theme}`, () => {
    it(`stand out from the editor by ${least} to 1`, () => {
      for (const ground of grounds) {
        for (const hue of hues(theme))
          assert.ok(contrast(lightOf(hue), lightOf(ground)) >= least, `${hue} on ${ground}`);
        assert.ok(contrast(lightOf(colour('differingLabelForeground', theme)), lightOf(ground)) >= 4.5);
      }
    });

    it('differ to people with all cones and to people without those for green or red', () => {
      for (const [name, eye] of Object.entries(eyes)) {
        const seen = hues(theme).map((hue) => perceived(lightOf(hue), eye));
        for (let i = 0; i < seen.length; i++) {
          for (let j = 0; j < i; j++)
            assert.ok(distance(seen[i], seen[j]) >= 18, `${name}: ${hues(theme)[i]}, ${hues(theme)[j]}`);
        }
      }
    });

    it('keep away from red and amber, which are kept for errors', () => {
      for (const [name, eye] of Object.entries(eyes)) {
        for (const error of [...errors, colour('differingLabelForeground', theme)]) {
          const seen = perceived(lightOf(error), eye);
          for (const hue of hues(theme))
            assert.ok(distance(seen, perceived(lightOf(hue), eye)) >= 17, `${name}: ${hue}, ${error}`);
        }
      }
    });

    it('leave text on a label’s background legible, and tell pieces by turns to everyone', () => {
      for (const ground of grounds) {
        const tints = ['segment1Background', 'segment2Background'].map((name) =>
          lightOf(colour(name, theme), ground),
        );
        const backgrounds = Array.from({ length: colours }, (_, i) =>
          lightOf(colour(`label${i + 1}Background`, theme), ground),
        );
        for (const tint of [...tints, ...backgrounds])
          assert.ok(contrast(lightOf(text), tint) >= 4.5, `${theme}: ${contrast(lightOf(text), tint)}`);
        for (const [name, eye] of Object.entries(eyes)) {
          const [first, second] = tints.map((tint) => perceived(tint, eye));
          assert.ok(distance(first, second) >= 12, `${name}: ${distance(first, second)}`);
        }
      }
    });
  });
}
