// A rule: what is shown to a person is translated. It finds literals with words where VS Code, the loss panel's
// page, or a fault that is shown takes a text.

/** Functions that show text: which of their arguments do. */
const functions = {
  showInformationMessage: [0, 2, 3, 4],
  showWarningMessage: [0, 2, 3, 4],
  showErrorMessage: [0, 2, 3, 4],
  setStatusBarMessage: [0],
  createWebviewPanel: [1],
  showQuickPick: [0],
  // The page of the loss panel.
  setText: [1],
  section: [1],
  hiddenText: [0],
  element: [2, 3, 4, 5, 6],
};

/** Faults that a person reads. */
const faults = { InputError: [0], WorkerError: [0], LegendEntry: [0], MarkdownString: [0] };

/** What an attribute of these names says is shown, or read out. */
const attributes = ['aria-label', 'title', 'placeholder', 'aria-description'];

/** Properties that are shown, where they are set, and in objects for VS Code. */
const properties = [
  'title',
  'tooltip',
  'placeHolder',
  'placeholder',
  'prompt',
  'label',
  'detail',
  'hint',
  'accessibilityInformation',
  'textContent',
  'ariaLabel',
  'validationMessage',
];

/** What is the same in every language. */
const names =
  /RNN Tagger|CoNLL(-\w+)?|brat|Markdown|WebAssembly|WebGPU|WebGL ?2|SIMD|JavaScript|Adam|SGD|CRF/g;

/** Two letters beside each other that are neither a name nor the name of an icon. */
function hasWords(text) {
  return /\p{L}{2}/u.test(text.replace(/\$\([\w~-]+\)/g, '').replace(names, ''));
}

/** The literals that a text may come from. */
function* literalsIn(node) {
  switch (node?.type) {
    case 'Literal':
      if (typeof node.value === 'string' && hasWords(node.value)) yield node;
      break;
    case 'TemplateLiteral':
      if (node.quasis.some(({ value }) => hasWords(value.cooked ?? ''))) yield node;
      else for (const inner of node.expressions) yield* literalsIn(inner);
      break;
    case 'BinaryExpression':
      if (node.operator === '+') for (const side of [node.left, node.right]) yield* literalsIn(side);
      break;
    case 'LogicalExpression':
      for (const side of [node.left, node.right]) yield* literalsIn(side);
      break;
    case 'ConditionalExpression':
      for (const side of [node.consequent, node.alternate]) yield* literalsIn(side);
      break;
    case 'ArrayExpression':
      for (const inner of node.elements) yield* literalsIn(inner);
      break;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      yield* literalsIn(node.expression);
      break;
  }
}

const nameOf = (callee) => (callee.type === 'MemberExpression' ? callee.property.name : callee.name);

/** @type {import('eslint').Rule.RuleModule} */
const shownStrings = {
  meta: {
    type: 'problem',
    messages: { english: 'This is shown to a person: give it to l10n.t, with placeholders for what varies.' },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      for (const literal of literalsIn(node)) context.report({ node: literal, messageId: 'english' });
    };
    const checkArguments = (node, shown) => {
      for (const index of shown ?? []) check(node.arguments[index]);
    };
    return {
      CallExpression(node) {
        const name = nameOf(node.callee);
        if (Object.hasOwn(functions, name ?? '')) checkArguments(node, functions[name]);
        if (name === 'setAttribute' && attributes.includes(node.arguments[0]?.value))
          check(node.arguments[1]);
      },
      NewExpression(node) {
        const name = nameOf(node.callee);
        if (Object.hasOwn(faults, name ?? '')) checkArguments(node, faults[name]);
      },
      Property(node) {
        if (properties.includes(node.key.name)) check(node.value);
      },
      AssignmentExpression({ left, right }) {
        if (left.type === 'MemberExpression' && properties.includes(left.property.name)) check(right);
      },
    };
  },
};

export default shownStrings;
