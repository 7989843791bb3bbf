import * as l10n from '../../../common/l10n';
import { marked } from '../../../common/l10n';
import { placesInString } from '../../../common/placedJson';
import type { JsonValue } from '../../../common/placedJson';
import type { ProblemFix } from '../../../common/problem';
import { shownName } from '../../../common/shownText';
import type { CorpusLayout } from '../../corpus';
import type { ProblemList } from '../../problems';
import type { CorpusFileBuilder } from '../corpusFileBuilder';
import type { CorpusFormat } from '../format';
import { spacingOfPlaces } from '../spans/spacingOfPlaces';
import { reportMisfits, reportSpanFault } from '../spans/spanProblems';
import { schemeOfLabels, spansOfLabels } from '../spans/spanTokens';
import type { TextRange } from '../spans/spanTokens';
import { applyEdits } from './edits';
import { jsonRecords, LeftOutRecords, LineIndex, mayBeJson } from './records';
import type { JsonRecord } from './records';
import { cutSpanRecord } from './spanDocument';
import type { SpanDocument } from './spanDocument';
import { movedSpan } from './spanFixes';
import { ownSpanKey, readSpanRecord } from './spanRecord';
import type { SpanRecord } from './spanRecord';
import { editSpans } from './spanWriter';

/** Records that are looked at to tell the format. */
const lookedAt = 200;

const labelled: CorpusLayout = { kind: 'json-spans', columns: ['FORM', 'LABEL'], form: 0 };
const unlabelled: CorpusLayout = { kind: 'json-spans', columns: ['FORM'], form: 0 };

/** Texts with spans in JSON: lines, a list, or Label Studio's export. Each record is a document. */
export const jsonSpans: CorpusFormat = {
  id: 'json-spans',
  description: marked('JSON with spans (doccano, spaCy, Prodigy, Label Studio)'),
  endings: [],
  fileNames: [],
  columnNames: 'given',
  cutsTokens: true,
  labelColumns: [],
  signature: () => 'json-spans',
  sniff({ text }, known) {
    if (!mayBeJson(text)) return undefined;
    const values = [...firstOf(valuesOf(text), lookedAt)];
    const ownKey = ownSpanKey(values);
    const records = values.length;
    let read = 0;
    let withList = 0;
    let withSpans = 0;
    for (const value of values) {
      const record = readSpanRecord(value, ownKey);
      if (record) read++;
      if (record?.list) withList++;
      if (record && record.spans.length > 0) withSpans++;
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
  records: (text) => [...jsonRecords(text)],
  spacing: (_, file) => spacingOfPlaces(file),
  writeLabels(text, file, _, labels) {
    if (labels.length !== file.tokens)
      throw new RangeError(`${labels.length} labels for ${file.tokens} tokens`);
    const scheme = schemeOfLabels(labels, file);
    const taker = new RecordTaker(text, file.layout);
    const found = [...jsonRecords(text)].flatMap((json) => {
      const record = taker.take(json);
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
      const wanted = spansOfLabels(document.text, document.sentences, own, scheme);
      const edit = editSpans(text, record, document, wanted, record.spans.at(0)?.node ?? template, json.end);
      return edit ? [edit] : [];
    });
    return applyEdits(text, edits);
  },
};

type RecordFault = 'bad-json' | 'no-text' | 'no-labels' | 'refused';

/** Takes the records of one text: those whose tokens are read, and what keeps others out. */
class RecordTaker {
  /** Looked for once a record has no list of spans under a known key; null before. */
  private ownKey: string | undefined | null = null;

  constructor(
    private readonly text: string,
    private readonly layout: CorpusLayout,
  ) {}

  take({ value }: JsonRecord): SpanRecord | RecordFault {
    if (!value) return 'bad-json';
    let record = readSpanRecord(value);
    if (record?.list === undefined && this.layout.columns.length > 1)
      record = readSpanRecord(value, this.findOwnKey());
    if (!record) return 'no-text';
    if (record.refused !== undefined) return 'refused';
    return record.list || this.layout.columns.length === 1 ? record : 'no-labels';
  }

  private findOwnKey(): string | undefined {
    if (this.ownKey === null) this.ownKey = ownSpanKey(valuesOf(this.text));
    return this.ownKey;
  }
}

function* firstOf<T>(items: Iterable<T>, most: number): Generator<T> {
  let count = 0;
  for (const item of items) {
    yield item;
    if (++count === most) return;
  }
}

function* valuesOf(text: string): Generator<JsonRecord['value']> {
  for (const { value } of jsonRecords(text)) yield value;
}

class SpanReader {
  private readonly lines: LineIndex;
  private readonly leftOut = new LeftOutRecords();

  constructor(
    private readonly text: string,
    private readonly layout: CorpusLayout,
    private readonly builder: CorpusFileBuilder,
    private readonly problems: ProblemList,
  ) {
    this.lines = new LineIndex(text);
  }

  read(): void {
    const taker = new RecordTaker(this.text, this.layout);
    for (const json of jsonRecords(this.text)) {
      const record = taker.take(json);
      if (typeof record === 'object') {
        this.leftOut.read(json);
        this.record(record);
      } else this.unread(json, record);
    }
    this.leftOut.finish(this.builder);
  }

  private unread(json: JsonRecord, code: RecordFault): void {
    const { line } = this.lines.lineOf(json.start);
    const { problems } = this;
    if (code === 'refused') {
      problems.add(
        'information',
        code,
        l10n.t('The annotator did not accept this text, so it is left out.'),
        {
          line,
        },
      );
      return;
    }
    this.leftOut.leaveOut(code, line, json);
    const what = {
      'bad-json': l10n.t('This is no JSON ({0}), so it is left out.', json.error ?? ''),
      'no-text': l10n.t('This record has no text, so it is left out. Texts are under “text” or “data”.'),
      'no-labels': l10n.t(
        'Nothing says which spans this text has, so it is left out. An empty list says: none.',
      ),
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
        l10n.t('The tokens of this record do not fit its text: it is cut anew.'),
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

  private report(record: SpanRecord, document: SpanDocument): void {
    const { problems } = this;
    const { faults } = document;
    const placeOf = ({ start, end }: JsonValue): { line: number; startColumn: number; endColumn: number } => {
      const { line, lineStart } = this.lines.lineOf(start);
      return { line, startColumn: start - lineStart, endColumn: end - lineStart };
    };
    record.spans.forEach(({ node, type }, i) => reportSpanFault(problems, faults[i], type, placeOf(node)));
    const move = (i: number, to: TextRange): ProblemFix | undefined =>
      movedSpan(this.text, record.spans[i], to, document);
    reportMisfits(problems, document, record.spans, (i) => placeOf(record.spans[i].node), move);
    if (record.key !== 'result')
      for (const node of record.others)
        problems.add(
          'error',
          'bad-span',
          l10n.t('This is no span with a start, an end and a label: it is left out.'),
          placeOf(node),
        );
    if (record.further > 0)
      problems.add(
        'information',
        'further-annotations',
        l10n.t('This text was annotated {0} times: the first annotation is read.', record.further + 1),
        placeOf(record.text),
      );
    for (const { node, type } of record.spans) {
      if (/[\t\r\n]/.test(type))
        problems.add(
          'warning',
          'odd-label',
          l10n.t('The label “{0}” holds a tab or a line end.', shownName(type)),
          placeOf(node),
        );
    }
  }
}
