import { placesInString } from '../../../common/placedJson';
import type { JsonValue } from '../../../common/placedJson';
import { shownName } from '../../../common/shownText';
import type { CorpusLayout } from '../../corpus';
import type { ProblemList } from '../../problems';
import type { CorpusFileBuilder } from '../corpusFileBuilder';
import type { CorpusFormat } from '../format';
import { spacingOfPlaces } from '../spans/spacingOfPlaces';
import { reportSpanFault } from '../spans/spanProblems';
import { schemeOfLabels, spansOfLabels } from '../spans/spanTokens';
import { applyEdits } from './edits';
import { jsonRecords, LineIndex, mayBeJson } from './records';
import type { JsonRecord } from './records';
import { cutSpanRecord } from './spanDocument';
import { readSpanRecord } from './spanRecord';
import type { SpanRecord } from './spanRecord';
import { editSpans } from './spanWriter';

/** Records that are looked at to tell the format. */
const lookedAt = 200;

const labelled: CorpusLayout = { kind: 'json-spans', columns: ['FORM', 'LABEL'], form: 0 };
const unlabelled: CorpusLayout = { kind: 'json-spans', columns: ['FORM'], form: 0 };

/** Texts with spans in JSON: lines, a list, or Label Studio's export. Each record is a document. */
export const jsonSpans: CorpusFormat = {
  id: 'json-spans',
  description: 'JSON with spans (doccano, spaCy, Prodigy, Label Studio)',
  endings: [],
  fileNames: [],
  columnNames: 'given',
  labelColumns: [],
  signature: () => 'json-spans',
  sniff({ text }, known) {
    if (!mayBeJson(text)) return undefined;
    let records = 0;
    let read = 0;
    let withList = 0;
    let withSpans = 0;
    for (const { value } of jsonRecords(text)) {
      records++;
      const record = readSpanRecord(value);
      if (record) read++;
      if (record?.list) withList++;
      if (record && record.spans.length > 0) withSpans++;
      if (records === lookedAt) break;
    }
    const lenient = known === 'chosen' || known === 'rows';
    if (withSpans > 0 && withList >= (lenient ? 0.5 : 0.9) * records) return labelled;
    if (lenient && withSpans > 0 && read >= 0.5 * records) return labelled;
    return known === 'rows' && read > 0 && read >= 0.9 * records
      ? withList > 0
        ? labelled
        : unlabelled
      : undefined;
  },
  read: (text, layout, builder, problems) => new SpanReader(text, layout, builder, problems).read(),
  labelEnds: (_, file) => file.endColumn,
  spacing: (_, file) => spacingOfPlaces(file),
  writeLabels(text, file, _, labels) {
    if (labels.length !== file.tokens)
      throw new RangeError(`${labels.length} labels for ${file.tokens} tokens`);
    const scheme = schemeOfLabels(labels, file);
    const found = [...jsonRecords(text)].flatMap((json) => {
      const record = recordToRead(json, file.layout);
      return typeof record === 'object' ? [{ json, record }] : [];
    });
    const template: JsonValue | undefined = found.find(({ record }) => record.spans.length > 0)?.record
      .spans[0].node;
    let token = 0;
    const edits = found.flatMap(({ json, record }) => {
      const document = cutSpanRecord(record);
      const length = document.sentences.reduce((sum, sentence) => sum + sentence.length, 0);
      const own = labels.slice(token, token + length);
      token += length;
      const wanted = spansOfLabels(document.sentences, own, scheme);
      const edit = editSpans(text, record, document, wanted, record.spans.at(0)?.node ?? template, json.end);
      return edit ? [edit] : [];
    });
    return applyEdits(text, edits);
  },
};

/** A record whose tokens are read; else the kind of problem that keeps it out. */
function recordToRead(
  { value }: JsonRecord,
  layout: CorpusLayout,
): SpanRecord | 'bad-json' | 'no-text' | 'no-labels' | 'refused' {
  if (!value) return 'bad-json';
  const record = readSpanRecord(value);
  if (!record) return 'no-text';
  if (record.refused !== undefined) return 'refused';
  return record.list || layout.columns.length === 1 ? record : 'no-labels';
}

class SpanReader {
  private readonly lines: LineIndex;

  constructor(
    private readonly text: string,
    private readonly layout: CorpusLayout,
    private readonly builder: CorpusFileBuilder,
    private readonly problems: ProblemList,
  ) {
    this.lines = new LineIndex(text);
  }

  read(): void {
    for (const json of jsonRecords(this.text)) {
      const record = recordToRead(json, this.layout);
      if (typeof record === 'object') this.record(record);
      else this.unread(json, record);
    }
  }

  private unread({ start, error }: JsonRecord, code: 'bad-json' | 'no-text' | 'no-labels' | 'refused'): void {
    const { line } = this.lines.lineOf(start);
    const { problems } = this;
    if (code === 'refused') {
      problems.add('information', code, 'The annotator did not accept this text, so it is left out.', {
        line,
      });
      return;
    }
    this.builder.leaveOut(code, line);
    const what = {
      'bad-json': `This is no JSON (${error}), so it is left out.`,
      'no-text': 'This record has no text, so it is left out. Texts are under “text” or “data”.',
      'no-labels': 'Nothing says which spans this text has, so it is left out. An empty list says: none.',
    }[code];
    problems.add('error', code, what, { line });
  }

  private record(record: SpanRecord): void {
    const { builder, problems, text } = this;
    const document = cutSpanRecord(record);
    const { line, lineStart } = this.lines.lineOf(record.text.start);
    const placeOf = placesInString(text, record.text);
    this.report(record, document);
    if (document.cutAnew)
      problems.add(
        'warning',
        'bad-tokens',
        'The tokens of this record do not fit its text: it is cut anew.',
        { line },
      );
    builder.startDocument();
    for (const sentence of document.sentences) {
      builder.endSentence();
      for (const { start, end, label } of sentence)
        builder.addToken(
          { line, startColumn: placeOf(start) - lineStart, endColumn: placeOf(end) - lineStart },
          (column) => (column === 0 ? document.text.slice(start, end) : label),
        );
    }
  }

  private report(record: SpanRecord, { faults, misquoted }: ReturnType<typeof cutSpanRecord>): void {
    const { problems } = this;
    const placeOf = ({ start, end }: JsonValue): { line: number; startColumn: number; endColumn: number } => {
      const { line, lineStart } = this.lines.lineOf(start);
      return { line, startColumn: start - lineStart, endColumn: end - lineStart };
    };
    record.spans.forEach(({ node, type }, i) => reportSpanFault(problems, faults[i], type, placeOf(node)));
    for (const i of misquoted)
      problems.add(
        'warning',
        'text-differs',
        'The text of this span is not the one that it says it has.',
        placeOf(record.spans[i].node),
      );
    if (record.key !== 'result')
      for (const node of record.others)
        problems.add(
          'error',
          'bad-span',
          'This is no span with a start, an end and a label: it is left out.',
          placeOf(node),
        );
    if (record.further > 0)
      problems.add(
        'information',
        'further-annotations',
        `This text was annotated ${record.further + 1} times: the first annotation is read.`,
        placeOf(record.text),
      );
    for (const { node, type } of record.spans) {
      if (/[\t\r\n]/.test(type))
        problems.add(
          'warning',
          'odd-label',
          `The label “${shownName(type)}” holds a tab or a line end.`,
          placeOf(node),
        );
    }
  }
}
