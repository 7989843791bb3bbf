import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { menuItems } from '../../../src/editor/menuItems';
import { english } from './english';

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text);
const strings: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const commands: string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n');

describe('manifest', () => {
  it('shows only texts of package.nls.json, and all of them', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
    for (const { title } of manifest.contributes.commands) assert.match(title, /^%.+%$/);
  });

  it('names in its menus, and in the status bar’s, only commands that it has', () => {
    const menus: { command: string }[][] = Object.values(manifest.contributes.menus);
    for (const { command } of menus.flat()) assert.ok(commands.includes(command), command);
    for (const run of ['none', 'running', 'paused'] as const) {
      for (const { command } of menuItems(
        { models: true, run, canResume: true, trusted: true, hasRuns: true },
        english,
      ))
        assert.ok(commands.includes(command), command);
    }
  });

  it('asks only for context keys and settings that the code knows', () => {
    const whens = [...text.matchAll(/"when": "([^"]+)"/g)].map((match) => match[1]);
    for (const key of new Set(
      whens.flatMap((when) => [...when.matchAll(/rnnTagger\.(\w+)/g)].map((match) => match[1])),
    )) {
      assert.match(source, new RegExp(`set\\('${key}'|'rnnTagger\\.${key}'`), key);
    }
    const settings = manifest.contributes.configuration.flatMap((part: { properties: object }) =>
      Object.keys(part.properties),
    );
    const last = (setting: string) => setting.slice(setting.lastIndexOf('.') + 1);
    for (const setting of settings) assert.match(source, new RegExp(`\\b${last(setting)}\\b`), setting);
  });

  it('has the files that it names', () => {
    assert.ok(existsSync(manifest.icon));
    const pictures = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(
      (match) => match[1],
    );
    assert.ok(pictures.length >= 3);
    for (const picture of pictures) assert.ok(existsSync(picture), picture);
  });
});
