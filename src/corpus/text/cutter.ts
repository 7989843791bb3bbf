import { rulesOf } from './conventions';
import type { TextConventions } from './conventions';
import { JunctionRules } from './junctions';
import type { TokenSink } from './tokenSink';
import { space } from './words';

/** Cuts lines into tokens as a corpus does. Takes time linear in a line's length. */
export function cutAsIn(conventions: TextConventions): (line: string, emit: TokenSink) => void {
  const rules = new JunctionRules(rulesOf(conventions.cut, conventions.keep));
  const forms = new Map(conventions.forms.map(([text, form]) => [text, form]));
  const quotes = conventions.forms.filter(([text]) => text === '"').map(([, form]) => form);
  return (line, emit) => {
    let opened = false;
    const emitToken = (start: number, end: number): void => {
      const form = end - start === 1 ? forms.get(line[start]) : undefined;
      if (form === undefined || line[start] !== '"' || quotes.length < 2) emit(start, end, form);
      else {
        emit(start, end, quotes[opened ? 1 : 0]);
        opened = !opened;
      }
    };
    for (let at = 0; at < line.length;) {
      if (space.test(line[at])) {
        at++;
        continue;
      }
      const from = at;
      while (at < line.length && !space.test(line[at])) at++;
      let start = from;
      for (const cut of rules.cutsOf(line.slice(from, at))) {
        emitToken(start, from + cut);
        start = from + cut;
      }
      emitToken(start, at);
    }
  };
}
