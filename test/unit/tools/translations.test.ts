import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { messagesOf, placeholdersOf } from '../../../tools/l10n/messages.mjs';

type Texts = Readonly<Record<string, string>>;

const read = (file: string): Texts => JSON.parse(readFileSync(file, 'utf8')) as Texts;
const manifest = readFileSync('package.json', 'utf8');
const ofManifest = read('package.nls.json');
const { messages, faults } = messagesOf('.');
const ofSources: Texts = Object.fromEntries([...messages.keys()].map((message) => [message, message]));

/** What has no words to be translated, or only names. */
const sameInAll = new Set([
  'RNN Tagger',
  '{0} → {1}',
  '{0} {1}',
  '{0} {1} {2}',
  '{0}: {1}',
  '{0}; {1}',
  '{0}, {1}',
  '{0}?',
  '{0}. {1}.',
  '{0} of {1}',
]);

const languages = readdirSync('l10n').map((name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? name);

/** The commands that a text's links run, and what it sets as code, in any order. */
function linksAndCode(text: string): string[] {
  return [...text.matchAll(/\]\((\S+?)\)|`([^`]+)`/g)].map(([, link, code]) => link ?? code).sort();
}

describe('translations', () => {
  it('are there in Simplified Chinese', () => {
    assert.ok(languages.includes('zh-cn'));
  });

  it('can be made of all messages: each is a literal', () => {
    assert.deepEqual(faults, []);
    assert.ok(messages.size > 500);
  });

  it('can be made of the manifest: each %key% has a text, and each text is asked for', () => {
    const keys = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(ofManifest).sort());
  });

  for (const language of languages) {
    const files: [string, Texts][] = [
      [`l10n/bundle.l10n.${language}.json`, ofSources],
      [`package.nls.${language}.json`, ofManifest],
    ];
    for (const [file, english] of files) {
      describe(`of ${file}`, () => {
        const texts = read(file);

        it('are all there, and no others: `npm run l10n` lists what to add and what to drop', () => {
          assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort());
        });

        it('have the placeholders, links and code of the English', () => {
          for (const [key, text] of Object.entries(texts)) {
            assert.deepEqual(placeholdersOf(text), placeholdersOf(english[key] ?? ''), key);
            assert.deepEqual(linksAndCode(text), linksAndCode(english[key] ?? ''), key);
          }
        });

        it('are in that language', () => {
          const left = Object.entries(texts).filter(
            ([key, text]) => !sameInAll.has(english[key] ?? '') && !/\P{ASCII}/u.test(text),
          );
          assert.deepEqual(left, []);
        });
      });
    }
  }
});
