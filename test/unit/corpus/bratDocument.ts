const names = ['Anna', 'Tor', 'Rita', 'Jon', 'Mia'];
const places = ['Oslo', 'New York', 'Rome', 'Bergen'];

/** A small text with an emoji, and its annotations: persons, places, a relation and a note. */
export function bratDocument(number: number): { readonly text: string; readonly annotations: string } {
  let text = '🙂 ';
  let annotations = '';
  let id = 0;
  for (let sentence = 0; sentence < 4; sentence++) {
    const name = names[(number + sentence) % names.length];
    const place = places[(number + 3 * sentence) % places.length];
    const start = Array.from(text).length;
    text += `${name} sees ${place} .\n`;
    annotations += `T${++id}\tPERSON ${start} ${start + name.length}\t${name}\n`;
    const from = start + name.length + 6;
    annotations += `T${++id}\tPLACE ${from} ${from + place.length}\t${place}\n`;
    annotations += `R${sentence}\tSees Arg1:T${id - 1} Arg2:T${id}\n`;
  }
  return { text, annotations: `${annotations}#1\tAnnotatorNotes T1\tsure\n` };
}
