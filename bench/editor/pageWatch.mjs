// Watches when text and labels come on screen: runs in the page of VS Code's window.

/**
 * See pageWatch.d.mts. It uses nothing from outside itself, and keeps what it watches in the page from call to
 * call.
 */
export function pageWatch(action, ...args) {
  const view = globalThis;
  view.labelWatch ??= {};
  const watch = view.labelWatch;

  /** VS Code draws in animation frames: the first task behind one comes when its frame is painted. */
  const whenPainted = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then(performance.now());
    };
    port2.postMessage(undefined);
  };
  const isLabel = (piece) => piece.className.includes('TextEditorDecorationType');
  const labelPieces = '.view-line [class*="TextEditorDecorationType"]';
  const observe = (root, check) => {
    watch.observer?.disconnect();
    watch.observer = new MutationObserver(check);
    const attributeFilter = ['class', 'data-uri'];
    watch.observer.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter });
    check();
  };
  const until = (state, names, timeoutMs) =>
    new Promise((resolve) => {
      const end = performance.now() + timeoutMs;
      const look = () =>
        names.every((name) => state[name]) || performance.now() > end ? resolve(state) : setTimeout(look, 20);
      look();
    });

  const open = (file) => {
    const state = (watch.opening = {});
    observe(document.body, () => {
      const editors = document.querySelectorAll('.editor-instance .monaco-editor[role="code"]');
      const editor = [...editors].find(({ dataset }) => dataset.uri?.endsWith(`/${file}`));
      const note = (name, selector) => {
        if (state[name] !== undefined || watch.opening !== state || !editor?.querySelector(selector)) return;
        state[name] = null;
        whenPainted((time) => (state[name] = time));
      };
      note('shown', '.view-line > span > span');
      note('labelled', labelPieces);
      if (state.labelled !== undefined) watch.observer.disconnect();
    });
  };

  /** Where in a line the labels end, and how they look. */
  const shapeOf = (line) => {
    let end = 0;
    const shape = [];
    for (const piece of line.querySelectorAll(':scope > span > span')) {
      end += piece.textContent.length;
      if (isLabel(piece)) shape.push(`${end} ${piece.className}`);
    }
    return shape.join('\n');
  };

  const keys = async (timeoutMs) => {
    const editor = document.querySelector('.editor-instance .monaco-editor.focused');
    const lines = () => [...editor.querySelectorAll('.view-lines > .view-line')];
    const middleOf = (element) => {
      const { top, height } = element.getBoundingClientRect();
      return top + height / 2;
    };
    // Lines are drawn anew, and each stays where it is. The cursor may be on its way still.
    const topOfCursor = () => {
      const cursor = middleOf(editor.querySelector('.cursors-layer .cursor'));
      return lines().find((one) => Math.abs(middleOf(one) - cursor) < 3)?.style.top;
    };
    const end = performance.now() + timeoutMs;
    let top = topOfCursor();
    for (; top === undefined; top = topOfCursor()) {
      if (performance.now() > end) throw new Error('The cursor is in no line.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const line = () => lines().find(({ style }) => style.top === top);
    /** A letter in front of a tab makes that narrower. */
    const lengthOf = (element, spaces) =>
      (spaces ? element.textContent : element.textContent.replace(/\s/g, '')).length;
    const strokes = (watch.strokes = []);
    let shape;
    watch.listener?.abort();
    watch.listener = new AbortController();
    view.addEventListener(
      'keydown',
      ({ timeStamp, key }) => {
        if (key.length !== 1 || !line()) return;
        const isSpace = key === ' ';
        const length = Math.max(strokes.at(-1)?.length ?? 0, lengthOf(line(), isSpace)) + 1;
        strokes.push({ pressed: timeStamp, length, isSpace });
      },
      { capture: true, signal: watch.listener.signal },
    );
    observe(editor.querySelector('.view-lines'), () => {
      const now = line();
      if (!now || watch.strokes !== strokes) return;
      for (const stroke of strokes)
        if (stroke.painted === undefined && stroke.length <= lengthOf(now, stroke.isSpace)) {
          stroke.painted = null;
          whenPainted((time) => (stroke.painted = time));
          shape = shapeOf(now);
        }
      // What an edit has moved only is no new label.
      const last = strokes.at(-1);
      if (last?.painted === undefined || last.labelled !== undefined || shapeOf(now) === shape) return;
      last.labelled = null;
      whenPainted((time) => (last.labelled = time));
    });
  };

  const strokesOf = async (count, name, timeoutMs) => {
    const end = performance.now() + timeoutMs;
    const done = () => watch.strokes.length >= count && watch.strokes.every((stroke) => stroke[name]);
    while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    watch.observer.disconnect();
    watch.listener.abort();
    return watch.strokes;
  };

  switch (action) {
    case 'open':
      return open(...args);
    case 'opened':
      return until(watch.opening, ['shown', 'labelled'], ...args);
    case 'keys':
      return keys(...args);
    default:
      return strokesOf(...args);
  }
}
