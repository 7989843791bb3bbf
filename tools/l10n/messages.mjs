// The messages that the sources have: what is given to `l10n.t`, to a `t` that stands for it, and to `marked`.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Folders of `src` whose messages stay English: the command line. */
const english = ['cli'];

/**
 * Each message with the places that say it, as `src/editor/menu.ts:12`, in the order of the files.
 * @param {string} root the project's folder.
 */
export function messagesOf(root) {
  /** @type {Map<string, string[]>} */
  const messages = new Map();
  /** Calls of `l10n.t` whose message is no literal. */
  const faults = [];
  for (const file of sourcesIn(path.join(root, 'src'))) {
    const name = path.relative(root, file).split(path.sep).join('/');
    const source = ts.createSourceFile(name, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    forEachCall(source, (call) => {
      if (!translates(call)) return;
      const place = `${name}:${source.getLineAndCharacterOfPosition(call.getStart(source)).line + 1}`;
      const message = messageIn(call.arguments[0]);
      if (message === undefined) {
        // Where marked messages are translated.
        if (name !== 'src/common/l10n.ts') faults.push(place);
      } else if (messages.has(message)) messages.get(message)?.push(place);
      else messages.set(message, [place]);
    });
  }
  return { messages, faults };
}

/** The placeholders of a message: `{0}`, `{1}`, each once, in their order. */
export function placeholdersOf(message) {
  return [...new Set(message.match(/\{\d+\}/g) ?? [])].sort();
}

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !english.includes(path.relative(folder, file).split(path.sep)[0]))
    .sort();
}

function forEachCall(node, visit) {
  if (ts.isCallExpression(node)) visit(node);
  ts.forEachChild(node, (child) => forEachCall(child, visit));
}

function translates({ expression, arguments: given }) {
  if (given.length === 0) return false;
  if (ts.isIdentifier(expression)) return expression.text === 't' || expression.text === 'marked';
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 't') return false;
  const of = expression.expression;
  return ts.isPropertyAccessExpression(of) ? of.name.text === 'l10n' : of.text === 'l10n';
}

/** VS Code looks a message with a comment up by both. */
function messageIn(argument) {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  if (!ts.isObjectLiteralExpression(argument)) return undefined;
  const valueOf = (name) =>
    argument.properties.find((property) => ts.isPropertyAssignment(property) && property.name.text === name)
      ?.initializer;
  const [message, comment] = [valueOf('message'), valueOf('comment')];
  if (!message || !ts.isStringLiteralLike(message)) return undefined;
  if (!comment) return message.text;
  const comments = ts.isArrayLiteralExpression(comment) ? comment.elements : [comment];
  return `${message.text}/${comments.map(({ text }) => text).join('')}`;
}
