import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const folder = path.resolve('out', 'api-example');

/** What the compiler finds wrong in each of some files beside the declarations, as an extension would have them. */
function faults(sources: readonly string[]): string[][] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = sources.map((_, i) => path.join(folder, `extension${i}.ts`));
  files.forEach((file, i) => writeFileSync(file, sources[i]));
  const declarations = path.join(folder, 'rnn-tagger.d.ts');
  writeFileSync(declarations, readFileSync('src/api/rnn-tagger.d.ts'));
  const program = ts.createProgram([...files, declarations], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node', 'vscode'],
    typeRoots: [path.resolve('node_modules', '@types')],
  });
  const found = ts.getPreEmitDiagnostics(program);
  const textsIn = (isThere: (name: string | undefined) => boolean): string[] =>
    found
      .filter(({ file }) => isThere(file?.fileName))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  assert.deepEqual(
    textsIn((name) => name === undefined || !files.includes(name)),
    [],
  );
  return files.map((file) => textsIn((name) => name === file));
}

/** What the API does not have, and changes to what comes out of it. */
const wrong: readonly (readonly [code: string, why: RegExp])[] = [
  ['await api.train({ corpus: 3 });', /number/],
  ['await api.train({ corpora: "names" });', /corpora/],
  ['api.runs = [];', /read-only/],
  ['api.runs[0].title = "";', /read-only/],
  ['api.corpora.push(api.corpora[0]);', /push/],
  ['const { sentences } = await api.labelText("a"); sentences[0].spans[0].probability++;', /read-only/],
];

describe('the declarations of the API', () => {
  it('compile with the example of the documentation, and refuse what the API does not have', () => {
    const example = /```ts\n([\s\S]+?)```/.exec(readFileSync('docs/api.md', 'utf8'))?.[1] ?? '';
    assert.match(example, /getAPI\(1\)/);
    const use = (code: string): string =>
      `import type { API } from './rnn-tagger';\nexport async function use(api: API) { ${code} }`;
    const right = use('for (const { id } of api.runs) await api.labelText(id, { run: id });');
    const [ofExample, ofRight, ...ofWrong] = faults([example, right, ...wrong.map(([code]) => use(code))]);
    assert.deepEqual([ofExample, ofRight], [[], []]);
    wrong.forEach(([code, why], i) => {
      assert.equal(ofWrong[i].length, 1, `${code}: ${ofWrong[i].join(' | ')}`);
      assert.match(ofWrong[i][0], why);
    });
  });

  it('are what the package holds', () => {
    const lines = readFileSync('.vscodeignore', 'utf8').split('\n');
    assert.ok(lines.includes('!src/api/rnn-tagger.d.ts'));
  });
});
