/** What a run is called. */
import { shownName, withoutLinks } from '../common/shownText';
import type { RunRecord } from './runRecord';

/** The name that a person gave it, else what it was trained on. */
export function runTitle(run: Pick<RunRecord, 'corpusName' | 'column' | 'title'>): string {
  return run.title === undefined ? trainedOn(run) : withoutLinks(shownName(run.title));
}

/** "UD_English-EWT · UPOS". */
export function trainedOn(run: Pick<RunRecord, 'corpusName' | 'column'>): string {
  return withoutLinks(`${shownName(run.corpusName)} · ${shownName(run.column)}`);
}
