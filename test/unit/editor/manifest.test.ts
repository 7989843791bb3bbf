import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { formats } from '../../../src/corpus/formats';
import { beginnings } from '../../../src/editor/gettingStarted/beginning';
import { corpusLanguages } from '../../../src/editor/languages';
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

/** The buttons of walkthroughs, by the table that registers them. */
const stepNames = [
  ...readFileSync('src/editor/gettingStarted/stepCommands.ts', 'utf8').matchAll(/\{ name: '(\w+)', kind/g),
].map((match) => match[1]);

interface Walkthrough {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly steps: {
    readonly description: string;
    readonly media: { readonly image: Record<string, string>; readonly altText: string };
    readonly completionEvents: string[];
  }[];
}

interface SettingWords {
  readonly order: number;
  readonly markdownDescription: string;
  readonly enum?: unknown[];
  readonly enumDescriptions?: string[];
  readonly markdownEnumDescriptions?: string[];
}

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
      for (const hasCorpora of [true, false]) {
        const state = {
          models: true,
          run,
          canResume: true,
          trusted: true,
          hasRuns: true,
          hasCorpora,
        };
        for (const { command } of menuItems(state, english)) assert.ok(commands.includes(command), command);
      }
    }
  });

  it('says in each of its views what to do where it is empty, by commands that there are', () => {
    const { views, viewsWelcome } = manifest.contributes;
    const ids: string[] = views.rnnTagger.map(({ id }: { id: string }) => id);
    const welcomes: { view: string; contents: string }[] = viewsWelcome;
    assert.deepEqual([...new Set(welcomes.map(({ view }) => view))], ids);
    for (const id of ids) assert.match(source, new RegExp(`createTreeView(<\\w+>)?\\('${id}'`), id);
    for (const { contents } of welcomes) {
      const links = [...strings[contents.slice(1, -1)].matchAll(/\(command:([\w.]+)/g)].map(
        (match) => match[1],
      );
      assert.ok(links.length > 0, contents);
      for (const command of links.filter((link) => link.startsWith('rnnTagger.')))
        assert.ok(commands.includes(command) || source.includes(`registerCommand('${command}'`), command);
    }
  });

  it('has in the titles of views only commands that take no argument: VS Code gives them the focused row', () => {
    for (const { command } of manifest.contributes.menus['view/title']) {
      const name = command.slice('rnnTagger.'.length);
      const [, base] = /^ofTitle\.(\w+)$/.exec(name) ?? [];
      if (base === undefined)
        assert.match(source, new RegExp(`\\b${name}: \\(\\) =>|'rnnTagger.${name}', \\(\\) =>`), name);
      else {
        assert.ok(commands.includes(`rnnTagger.${base}`), name);
        assert.match(source, new RegExp(`const names = \\[[^\\]]*'${base}'`), name);
      }
    }
  });

  it('calls Change Label by one name, in the palette, quick fixes and docs, and gives it one key', () => {
    const title = strings['command.changeLabel.title'];
    assert.match(source, new RegExp(`l10n\\.t\\('${title}'\\), 'rnnTagger\\.changeLabel'`));
    const keys = manifest.contributes.keybindings.filter(
      ({ command }: { command: string }) => command === 'rnnTagger.changeLabel',
    );
    assert.deepEqual(
      keys.map(({ key }: { key: string }) => key),
      ['ctrl+; r'],
    );
    assert.match(readFileSync('docs/answers.md', 'utf8'), new RegExp(`^\\| ${title} \\| Ctrl\\+; R `, 'm'));
  });

  it('has walkthroughs whose buttons, events and pictures are there', () => {
    const walkthroughs: Walkthrough[] = manifest.contributes.walkthroughs;
    assert.deepEqual(
      walkthroughs.map(({ id }) => id),
      [...beginnings],
    );
    const packaged = readFileSync('.vscodeignore', 'utf8').split('\n');
    assert.ok(packaged.includes('!media/walkthroughs/*.webp'));
    const isCommand = (command: string): boolean =>
      commands.includes(command) ||
      source.includes(`registerCommand('${command}'`) ||
      stepNames.some((name) => command === `rnnTagger.getStarted.${name}`);
    const views: string[] = manifest.contributes.views.rnnTagger.map(({ id }: { id: string }) => id);
    const pictures = new Set<string>();
    for (const { id, title, description, steps } of walkthroughs) {
      for (const key of [title, description]) assert.ok(strings[key.slice(1, -1)], key);
      assert.ok(steps.length >= 3 && steps.length <= 6, id);
      for (const { description: text, media, completionEvents } of steps) {
        const shown = strings[text.slice(1, -1)];
        const links = [...shown.matchAll(/\(command:([\w.]+)/g)].map((match) => match[1]);
        assert.ok(links.length > 0, text);
        for (const link of links.filter((own) => own.startsWith('rnnTagger.')))
          assert.ok(isCommand(link) || views.includes(link.replace(/\.focus$/, '')), `${text}: ${link}`);
        assert.deepEqual(Object.keys(media.image).sort(), ['dark', 'hc', 'hcLight', 'light']);
        assert.ok(strings[media.altText.slice(1, -1)].length > 20, media.altText);
        for (const picture of Object.values(media.image)) {
          assert.equal(readFileSync(picture).subarray(8, 12).toString('latin1'), 'WEBP', picture);
          pictures.add(picture);
        }
        assert.ok(completionEvents.length > 0, text);
        for (const event of completionEvents) {
          const [kind, what] = [event.slice(0, event.indexOf(':')), event.slice(event.indexOf(':') + 1)];
          if (kind === 'onCommand') assert.ok(isCommand(what), event);
          else if (kind === 'onView') assert.ok(views.includes(what), event);
          else {
            assert.equal(kind, 'onContext', event);
            const [, own, more] = /^rnnTagger\.(\w+)(.*)$/.exec(what) ?? [];
            assert.match(source, new RegExp(`set\\('${own}'|'rnnTagger\\.${own}'`), event);
            // VS Code may look at its own keys once alone, before a folder is open: one that is set later has it look.
            assert.ok(['', ' && workspaceFolderCount != 0'].includes(more), event);
          }
        }
      }
    }
    const there = readdirSync('media/walkthroughs').map((name) => `media/walkthroughs/${name}`);
    assert.deepEqual(there.sort(), [...pictures].sort());
  });

  it('groups its settings: each group has a title, and each setting a place in it and words', () => {
    const sections: { title: string; order: number; properties: Record<string, SettingWords> }[] =
      manifest.contributes.configuration;
    const titles = sections.map(({ title }) => strings[title.slice(1, -1)]);
    assert.equal(new Set(titles).size, sections.length);
    assert.deepEqual(
      sections.map(({ order }) => order),
      sections.map((_, index) => index + 1),
    );
    const known = sections.flatMap(({ properties }) => Object.keys(properties));
    for (const { title, properties } of sections) {
      const orders = Object.values(properties).map(({ order }) => order);
      assert.deepEqual(
        orders,
        orders.map((_, index) => index + 1),
        title,
      );
      for (const [
        name,
        { markdownDescription, enum: choices, markdownEnumDescriptions, enumDescriptions },
      ] of Object.entries(properties)) {
        const text = strings[markdownDescription.slice(1, -1)];
        for (const [, link] of text.matchAll(/`#(rnnTagger\.[\w.]+)#`/g))
          assert.ok(known.includes(link) && link !== name, `${name} leads to ${link}`);
        for (const [, command] of text.matchAll(/\(command:([\w.]+)/g))
          assert.ok(commands.includes(command), `${name} leads to ${command}`);
        if (choices)
          assert.equal((markdownEnumDescriptions ?? enumDescriptions)?.length, choices.length, name);
      }
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

  it('gives each file that is named like a corpus a language with colours, and no id that others use', () => {
    const { languages, grammars } = manifest.contributes;
    const ids: string[] = languages.map(({ id }: { id: string }) => id);
    assert.deepEqual(ids, corpusLanguages);
    for (const id of ids) assert.match(id, /^rnn-tagger-/);
    for (const { scopeName } of grammars) assert.match(scopeName, /^text\.rnn-tagger\./);
    const languageOf = (name: string): string | undefined =>
      languages.find(
        ({ extensions, filenames = [] }: { extensions: string[]; filenames?: string[] }) =>
          filenames.includes(name) || extensions.some((ending) => name.endsWith(ending)),
      )?.id;
    for (const { endings, fileNames, id } of formats) {
      const own: Readonly<Record<string, string>> = { conllu: 'rnn-tagger-conllu', brat: 'rnn-tagger-brat' };
      const language = own[id] ?? 'rnn-tagger-columns';
      for (const name of [...endings.map((ending) => `a.${ending}`), ...fileNames])
        assert.equal(languageOf(name), language, name);
    }
    assert.deepEqual(
      grammars.map(({ language }: { language: string }) => language),
      ids,
    );
  });

  it('leaves files that another extension colours to it: of two endings VS Code takes the longer', () => {
    const endings: string[] = manifest.contributes.languages.flatMap(
      ({ extensions }: { extensions: string[] }) => extensions,
    );
    for (const claimed of ['.conllu', '.conll'])
      assert.ok(
        endings.every((ending) => !claimed.endsWith(ending) || ending.length < claimed.length),
        claimed,
      );
  });

  it('has grammars whose patterns can be read, and which include only what they have', () => {
    for (const { path, scopeName } of manifest.contributes.grammars) {
      const grammar = JSON.parse(readFileSync(path, 'utf8'));
      assert.equal(grammar.scopeName, scopeName);
      const visit = (rule: unknown): void => {
        if (typeof rule !== 'object' || rule === null) return;
        for (const [key, value] of Object.entries(rule)) {
          if (key === 'match' || key === 'begin' || key === 'end') {
            // What Oniguruma writes otherwise.
            const source = String(value).replace('\\x{FEFF}', '\\uFEFF').replace('(?i:docstart)', 'docstart');
            assert.doesNotThrow(() => new RegExp(source, 'u'), source);
          } else if (key === 'include') {
            assert.ok(Object.hasOwn(grammar.repository, String(value).slice(1)), String(value));
          } else visit(value);
        }
      };
      visit(grammar);
    }
  });

  it('has the files that it names', () => {
    assert.ok(existsSync(manifest.icon));
    const { languages, grammars } = manifest.contributes;
    for (const { configuration } of languages) assert.ok(existsSync(configuration), configuration);
    for (const { path } of grammars) assert.ok(existsSync(path), path);
    const packaged = readFileSync('.vscodeignore', 'utf8').split('\n');
    for (const { icon } of manifest.contributes.viewsContainers.activitybar) {
      assert.ok(existsSync(icon), icon);
      assert.ok(packaged.includes(`!${icon}`), `${icon} is not packaged`);
    }
    const pictures = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(
      (match) => match[1],
    );
    assert.ok(pictures.length >= 3);
    for (const picture of pictures) assert.ok(existsSync(picture), picture);
  });
});
