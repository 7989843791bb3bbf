import type { Problem } from '../common/problem';
import { patternMatches } from '../corpus/answers/patternMatches';
import type { CorpusFileSummary } from '../corpus/corpus';
import { isMendedLike } from '../corpus/fixes';
import { groupCorpora, summarise } from '../corpus/grouping';
import { placesOf, relabel } from '../corpus/labels/labelFindings';
import { placesOfTokens } from '../corpus/labels/tokenPlaces';
import { labelsUnknownToModel } from '../corpus/labels/unknownToModel';
import { outlineOf } from '../corpus/outline';
import { unlabelledSentences } from '../corpus/queue/unlabelledSentences';
import { AnnotatedTexts } from './annotatedTexts';
import { checkSources } from './checkSources';
import { compareSources } from './compareSources';
import { questionOf } from './openQuestions';
import type { ReaderAnswers, ReaderRequest, ScanRequest, ScanResult } from './readerProtocol';
import { readSource } from './source';
import { TextsInPieces } from './textPieces';
import { unseenSources } from './unseenSources';

/** Reads corpora. Of each file it remembers counts, not tokens. */
export class ReaderService {
  private readonly annotated = new AnnotatedTexts();
  private readonly texts = new TextsInPieces();
  private readonly summaries = new Map<string, CorpusFileSummary>();

  handle(request: ReaderRequest): ReaderAnswers[ReaderRequest['type']] {
    switch (request.type) {
      case 'piece':
        this.texts.add(request);
        return undefined;
      case 'scan':
        return this.scan(request);
      case 'check':
        return checkSources(request);
      case 'question':
        return questionOf(request.source, request.replaceInvalidBytes);
      case 'outline': {
        const { file, text } = readSource(this.texts.whole(request.source), request.replaceInvalidBytes);
        return file && outlineOf(text, file);
      }
      case 'labels': {
        const { file, text } = readSource(this.texts.whole(request.source), request.replaceInvalidBytes);
        return file ? labelsUnknownToModel(text, file, request.known) : [];
      }
      case 'fixes': {
        const { like, known } = request;
        const { file, text, problems } = readSource(request.source, request.replaceInvalidBytes, Infinity);
        const all = known ? file && labelsUnknownToModel(text, file, known, Infinity) : problems;
        return all?.filter((problem) => isMendedLike(problem, like)) ?? [];
      }
      case 'findings': {
        const { file, text } = readSource(request.source, request.replaceInvalidBytes);
        const { index, findings } = request;
        return file ? placesOf(text, file, index, findings) : findings.map(() => undefined);
      }
      case 'relabel': {
        const { file, text, companion } = readSource(request.source, request.replaceInvalidBytes);
        const { index, findings } = request;
        return file ? relabel(text, file, index, findings, companion) : { edits: [], changed: 0 };
      }
      case 'tokenPlaces': {
        const { file } = readSource(request.source, request.replaceInvalidBytes);
        const { column, sought } = request;
        return file ? placesOfTokens(file, column, sought) : sought.map(() => undefined);
      }
      case 'unlabelled': {
        const { file, text } = readSource(request.source, request.replaceInvalidBytes);
        return file ? unlabelledSentences(text, file, request.index) : [];
      }
      case 'matches':
        return patternMatches(request.pattern, request.texts);
      case 'tokens':
        return this.annotated.tokens(request.input);
      case 'labelEdits':
        return this.annotated.edits(request.input, request.changes);
      case 'compare':
        return compareSources(request);
      case 'unseen':
        return unseenSources(request);
    }
  }

  private scan(request: ScanRequest): ScanResult {
    for (const file of request.removed) this.summaries.delete(file);
    const problems: { file: string; problems: readonly Problem[] }[] = [];
    for (const sent of request.changed) {
      const source = this.texts.whole(sent);
      const read = readSource(source, request.replaceInvalidBytes);
      if (read.file) this.summaries.set(source.file, summarise(read.file, source.path));
      else this.summaries.delete(source.file);
      problems.push({ file: source.file, problems: read.problems });
    }
    return { corpora: groupCorpora([...this.summaries.values()]), problems };
  }
}
