// npm run l10n: what each translation lacks, and what it has too much. `-- --write` drops what is not said any
// more, and brings the rest into the order of the sources and of the English file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject } from '../paths.mjs';
import { messagesOf, placeholdersOf } from './messages.mjs';

const write = process.argv.includes('--write');
const read = (file) => JSON.parse(readFileSync(inProject(file), 'utf8'));

const { messages, faults } = messagesOf(inProject());
for (const place of faults) complain(`${place}: the message is no literal, so it cannot be translated.`);

const inSources = new Map([...messages].map(([message, places]) => [message, { english: message, places }]));
const inManifest = new Map(
  Object.entries(read('package.nls.json')).map(([key, english]) => [key, { english, places: [] }]),
);

for (const name of readdirSync(inProject('l10n'))) check(`l10n/${name}`, inSources);
for (const name of readdirSync(inProject()).filter((file) => /^package\.nls\..+\.json$/.test(file)))
  check(name, inManifest);

function check(file, expected) {
  const translated = read(file);
  const missing = [...expected].filter(([key]) => !translated[key]);
  const stale = Object.keys(translated).filter((key) => !expected.has(key));
  for (const [key, { english }] of expected) {
    if (!translated[key] || String(placeholdersOf(translated[key])) === String(placeholdersOf(english)))
      continue;
    complain(`${file}: other placeholders than in English: ${JSON.stringify(key)}`);
  }
  if (missing.length > 0) {
    complain(`${file} lacks ${missing.length}:`);
    for (const [key, { english, places }] of missing)
      process.stdout.write(
        `  ${JSON.stringify(key)}: ${JSON.stringify(english)},${places[0] ? ` // ${places[0]}` : ''}\n`,
      );
  }
  if (stale.length > 0 && !write) {
    complain(`${file} has ${stale.length} that are not said any more:`);
    for (const key of stale) process.stdout.write(`  ${JSON.stringify(key)}\n`);
  }
  if (!write) return;
  const kept = [...expected.keys()].filter((key) => translated[key]).map((key) => [key, translated[key]]);
  writeFileSync(inProject(file), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}

function complain(message) {
  process.stdout.write(`${message}\n`);
  process.exitCode = 1;
}
