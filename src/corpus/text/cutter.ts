import { remember } from '../../common/remember';
import { rulesOf } from './conventions';
import type { TextConventions } from './conventions';
import { JunctionRules } from './junctions';
import type { TokenSink } from './tokenSink';
import { space } from './words';

type Cut = (line: string, emit: TokenSink) => void;

/** By conventions, which a model has as long as it is at hand. */
const cutters = new WeakMap<TextConventions, Cut>();

/** Stretches whose cuts are remembered: a text has few that are not among so many. */
const rememberedStretches = 50_000;

/** Cuts lines into tokens as a corpus does. Takes time linear in a line's length. */
export function cutAsIn(conventions: TextConventions): Cut {
  const cut = cutters.get(conventions) ?? cutterOf(conventions);
  cutters.set(conventions, cut);
  return cut;
}

function cutterOf(conventions: TextConventions): Cut {
  const rules = new JunctionRules(rulesOf(conventions.cut, conventions.keep));
  const cutsOf = remember(rememberedStretches, (stretch) => rules.cutsOf(stretch));
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
      for (const cut of cutsOf(line.slice(from, at))) {
        emitToken(start, from + cut);
        start = from + cut;
      }
      emitToken(start, at);
    }
  };
}
