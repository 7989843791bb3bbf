// Times what the loss panel's page does: runs in the page.

/** Before the page's script: stands in for VS Code, and times each animation frame's work. */
export function standIn() {
  const view = globalThis;
  view.frames = [];
  view.acquireVsCodeApi = () => ({
    postMessage: (message) => (view.isReady ||= message.type === 'ready'),
    getState: () => undefined,
    setState: () => undefined,
  });
  const request = view.requestAnimationFrame.bind(view);
  view.requestAnimationFrame = (callback) =>
    request((time) => {
      const began = performance.now();
      callback(time);
      view.frames.push(performance.now() - began);
    });
}

/** Gives the page a message, and tells how many ms go by until what it brings is painted. */
export async function replay(message) {
  const view = globalThis;
  const before = view.frames.length;
  const began = performance.now();
  view.dispatchEvent(new MessageEvent('message', { data: message }));
  // The page draws in a frame that it asks for.
  while (view.frames.length === before) await new Promise((resolve) => setTimeout(resolve, 0));
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(undefined);
  });
  return performance.now() - began;
}

/** Gives the page a message each `everyMs`, and tells what its frames took. */
export async function follow(messages, everyMs) {
  const view = globalThis;
  view.frames = [];
  for (const data of messages) {
    view.dispatchEvent(new MessageEvent('message', { data }));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return view.frames;
}
