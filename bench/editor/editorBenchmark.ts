import { inProject } from '../../tools/paths.mjs';
import { temporaryFolder } from '../../tools/vscode/profile.mjs';
import { benchCorpus } from '../corpora';
import { runInVsCode, vsCodeMissing } from '../host/realHost.mjs';
import type { BenchmarkContext, BenchmarkResult } from '../result';
import { reasonOf } from '../table';
import type { EditorFigures, EditorRequest } from './editorFigures';
import { writeEditorFiles } from './editorFiles';
import { editorReaches, editorTables } from './editorReport';

/** How soon labels come in long files, and what they cost someone who types. */
export async function editorBenchmark({ quick, show, tell }: BenchmarkContext): Promise<BenchmarkResult> {
  tell('editor: in VS Code');
  let figures: EditorFigures;
  try {
    figures = await measureInVsCode(quick);
  } catch (error) {
    const missing = { missing: reasonOf(error) };
    tell(`editor: not measured: ${missing.missing}`);
    return {
      figures: missing,
      reached: {
        editorOpening: missing,
        editorEdit: missing,
        editorTyping: missing,
        editorTypingTraining: missing,
      },
    };
  }
  const notes = [
    'On screen: painted by the page, which draws in animation frames. Each file is opened for the first time.',
    'A bare decoration: set by an extension as soon as VS Code tells it of the editor or the edit, with labels off. The rest is VS Code’s own time.',
    'Typing: a key each 60 ms and more, in one word, with labels and without in turn. Training: with the defaults on the sample, H=128.',
  ];
  for (const table of editorTables(figures, notes)) show(table);
  return { figures: { ...figures }, reached: editorReaches(figures) };
}

async function measureInVsCode(quick: boolean): Promise<EditorFigures> {
  const missing = await vsCodeMissing();
  if (missing !== undefined) throw new Error(missing);
  const { folder, rows, texts } = writeEditorFiles(
    temporaryFolder('editor'),
    benchCorpus(true),
    quick ? 2 : 10,
  );
  return runInVsCode<EditorFigures>({
    folder,
    program: inProject('out', 'bench', 'editor', 'inVsCode.js'),
    settings: {
      'rnnTagger.labels.include': ['**/*.txt'],
      // A list of words would open while one types.
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      'editor.cursorBlinking': 'solid',
    },
    variable: 'RNN_TAGGER_BENCH_EDITOR',
    request: (result) =>
      ({
        rows,
        texts,
        edits: quick ? 2 : 12,
        pairs: quick ? 1 : 6,
        keys: quick ? 10 : 20,
        result,
      }) satisfies EditorRequest,
  });
}
