/** HTML and SVG as text: what is put between tags is escaped, unless it was made here. */

/** Text that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Attributes = Readonly<Record<string, string | number>>;

/** An element; strings in it become text, whatever they hold. */
export function markup(
  name: string,
  attributes: Attributes = {},
  ...content: readonly (Markup | string)[]
): Markup {
  const inside = content.map((part) => (part instanceof Markup ? part.text : escaped(part))).join('');
  return new Markup(`${openingTag(name, attributes)}${inside}</${name}>`);
}

/** A tag without an end. */
export function openingTag(name: string, attributes: Attributes = {}): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${said.join('')}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text in HTML and XML, between tags and in attributes. What XML cannot hold is replaced. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => entities[sign])
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
