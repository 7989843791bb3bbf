/** The types of spans that a brat project says it has, in the order of its `annotation.conf`. */
export function entitiesOfConf(text: string): string[] {
  const types: string[] = [];
  let isInside = false;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    const section = /^\s*\[(\w+)\]/.exec(line);
    if (section) isInside = section[1].toLowerCase() === 'entities';
    if (!isInside || section) continue;
    // A `!` marks types that are only headings; lines of hyphens part groups; `<…>` names a macro.
    const type = /^\s*([^\s#!<][^\s]*)/.exec(line)?.[1];
    if (type !== undefined && !/^-+$/.test(type)) types.push(type);
  }
  return [...new Set(types)];
}
