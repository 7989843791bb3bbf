// Where things are. The root is found from the current folder and not from import.meta.url, because tests
// bundle this file.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The project's root: the nearest folder upwards whose package.json is this project's. */
function findRoot() {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'rnn-tagger') return folder;
    if (folder === path.dirname(folder)) throw new Error('Run this inside the RNN Tagger project.');
  }
}

export const root = findRoot();

/** Absolute path of a file of the project. */
export const inProject = (...parts) => path.join(root, ...parts);

/** Downloaded and built programs; ignored by git. */
export const cacheFolder = inProject('.vscode-test');
export const screenshotFolder = inProject('out', 'screenshots');

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
