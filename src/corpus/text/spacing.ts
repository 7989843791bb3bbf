/**
 * How a token stands to the one before it in the text that it is from. `unknown`: the corpus keeps no text.
 */
export const spacing = { unknown: 0, space: 1, none: 2, paragraph: 3 } as const;

const closing = /^(?:[,.;:!?%)\]}”’»…、。，]+|\.{2,}|''|-R[RSC]B-|n['’]t|['’]\p{L}{1,3})$/u;
const opening = /^(?:[([{“‘«$£€¥#@¿¡]|``|-L[RSC]B-|\p{L}{1,6}['’])$/u;
const joining = /^[-/–_&]$/;
const wordEnd = /[\p{L}\p{N}]$/u;
const wordStart = /^[\p{L}\p{N}]/u;
const unspacedEnd =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、，！？：；（）「」『』《》]$/u;
const unspacedStart =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}。、，！？：；（）「」『』《》]/u;

/**
 * How the words of a sentence stood in its text, guessed as they are mostly written.
 * @param cutInside whether parts without white space between them are cut where they meet, as long as nothing is
 * learned. They are taken to have stood so: else only what is kept whole would be seen.
 */
export function guessSpacing(
  forms: readonly string[],
  cutInside: (parts: readonly string[]) => boolean,
): Uint8Array {
  const result = new Uint8Array(forms.length).fill(spacing.space);
  let quoted = false;
  let openQuote = false;
  for (let i = 0; i < forms.length; i++) {
    const [left, form, right] = [forms[i - 1] ?? '', forms[i], forms[i + 1] ?? ''];
    const closesQuote = form === '"' && quoted;
    const attached =
      i > 0 &&
      (closing.test(form) ||
        opening.test(left) ||
        openQuote ||
        closesQuote ||
        (unspacedEnd.test(left) && unspacedStart.test(form)) ||
        (joining.test(form) && wordEnd.test(left) && wordStart.test(right)) ||
        (joining.test(left) && wordStart.test(form) && wordEnd.test(forms[i - 2] ?? '')) ||
        (/^-\p{L}/u.test(form) && wordEnd.test(left)) ||
        (/\p{L}-$/u.test(left) && wordStart.test(form)) ||
        (wordEnd.test(left) && wordStart.test(form) && cutInside([left, form])) ||
        (i > 1 &&
          wordEnd.test(forms[i - 2]) &&
          wordStart.test(form) &&
          cutInside([forms[i - 2], left, form])));
    openQuote = form === '"' && !quoted;
    if (form === '"') quoted = !quoted;
    if (attached) result[i] = spacing.none;
  }
  return result;
}
