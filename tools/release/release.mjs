// npm run release -- VERSION [--dry-run]: tests, sets the version, dates the changelog, packages the .vsix,
// commits and tags. VERSION is major, minor, patch, or a version. Nothing is pushed or published.
// --dry-run checks what can be checked at once, says what would be done, and changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildProject } from '../build/build.mjs';
import { packageExtension } from '../build/vsix.mjs';
import { run, runQuietly } from '../children.mjs';
import { inProject, readJson, root } from '../paths.mjs';
import { nextVersion, releasedChangelog, unreleased, withVersion } from './changes.mjs';

const changelog = 'CHANGELOG.md';
const manifests = ['package.json', 'package-lock.json'];

const git = (...args) => runQuietly('git', args, { cwd: root });
const text = (file) => readFileSync(inProject(file), 'utf8');

async function checkTree(version) {
  const changes = await git('status', '--porcelain');
  if (changes !== '') throw new Error(`There are changes that are not committed:\n${changes.trimEnd()}`);
  const tag = await git('tag', '--list', `v${version}`);
  if (tag !== '') throw new Error(`There is a tag v${version} already.`);
}

async function checkTests() {
  const { code } = await run(process.execPath, [inProject('tools', 'test', 'test.mjs')], { cwd: root });
  if (code !== 0) throw new Error('The tests failed (see above).');
}

/**
 * Writes the version into the files, packages, commits and tags. What fails leaves the files as they were.
 */
async function release(current, version, date) {
  const files = [...manifests, changelog];
  const before = new Map(files.map((file) => [file, text(file)]));
  try {
    for (const file of manifests)
      writeFileSync(inProject(file), withVersion(before.get(file), current, version));
    writeFileSync(inProject(changelog), releasedChangelog(before.get(changelog), version, date));
    await buildProject();
    const { vsix } = await packageExtension();
    await git('commit', '--quiet', '--message', `Version ${version}`, '--', ...files);
    await git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
    return vsix;
  } catch (error) {
    for (const [file, content] of before) writeFileSync(inProject(file), content);
    throw error;
  }
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const { version: current } = readJson(inProject('package.json'));
  const version = nextVersion(current, positionals[0] ?? '');
  const date = new Date().toISOString().slice(0, 10);
  const news = unreleased(text(changelog));
  await checkTree(version);
  if (values['dry-run']) {
    console.log(`Would release ${version} (now ${current}), dated ${date}, after all tests:\n\n${news}`);
  } else {
    await checkTests();
    const vsix = await release(current, version, date);
    console.log(
      `\n${path.relative(root, vsix)} is packaged; v${version} is committed and tagged. To publish: git push --follow-tags.`,
    );
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
