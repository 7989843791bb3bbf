import { element } from '../dom';

/** A formula, `_x` and `_{x}` below the line and `^{x}` above it. Symbols are the same in every language. */
export function formula(text: string): HTMLElement {
  const root = element('span', 'formula');
  root.setAttribute('role', 'math');
  root.setAttribute('aria-label', text.replace(/[{}]/g, ''));
  for (const part of text.split(/([_^](?:\{[^}]*\}|.))/u)) {
    const inner = part.slice(1).replace(/^\{|\}$/g, '');
    if (part.startsWith('_')) root.append(element('sub', '', inner));
    else if (part.startsWith('^')) root.append(element('sup', '', inner));
    else if (part !== '') root.append(part);
  }
  return root;
}
