import { readFileSync, writeFileSync } from 'node:fs';
import { generators } from './files';

for (const [file, generate] of Object.entries(generators)) {
  const text = readFileSync(file, 'utf8');
  const generated = generate(text);
  if (generated === text) continue;
  writeFileSync(file, generated);
  process.stdout.write(`${file} is written.\n`);
}
