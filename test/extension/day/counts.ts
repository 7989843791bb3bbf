/** Counts what the extension holds of VS Code: listeners, decoration types, and worker threads. */
import { createRequire } from 'node:module';
import type * as workerThreads from 'node:worker_threads';
import * as vscode from 'vscode';

type Subscribe = (
  listener: (event: unknown) => unknown,
  thisArg?: unknown,
  disposables?: vscode.Disposable[],
) => vscode.Disposable;

/** What was made and not given up since counting began, by name. */
export class Held {
  private readonly counts = new Map<string, number>();

  /** @returns what gives it up: counted once, however often it is called. */
  add(name: string): () => void {
    this.change(name, 1);
    let held = true;
    return () => {
      if (held) this.change(name, -1);
      held = false;
    };
  }

  /** Those of which there are some, sorted by name. */
  get all(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts].filter(([, count]) => count !== 0).sort());
  }

  private change(name: string, by: number): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }
}

/**
 * From now on counts the extension's listeners to VS Code's events, its decoration types and its worker
 * threads. The tests share VS Code's API with the extension that they lie in.
 */
export function countHeld(held: Held): void {
  const { window, workspace, languages, commands } = vscode;
  // VS Code has frozen it.
  const tabGroups = Object.create(window.tabGroups) as object;
  for (const [path, object] of Object.entries({ window, workspace, languages, tabGroups }))
    countEvents(path, object, held);
  replace(window, 'tabGroups', tabGroups);
  countMade(window, 'createTextEditorDecorationType', held);
  countMade(window, 'createStatusBarItem', held);
  countMade(window, 'createWebviewPanel', held, (panel) => (panel as vscode.WebviewPanel).onDidDispose);
  countMade(workspace, 'createFileSystemWatcher', held);
  countMade(languages, 'createDiagnosticCollection', held);
  countMade(commands, 'registerCommand', held);
  countWorkers(held);
}

function countEvents(path: string, namespace: object, held: Held): void {
  for (
    let owner: object = namespace;
    owner && owner !== Object.prototype;
    owner = Object.getPrototypeOf(owner) as object
  )
    for (const event of Object.getOwnPropertyNames(owner).filter((property) => /^on[A-Z]/.test(property))) {
      const subscribe = Reflect.get(namespace, event) as Subscribe;
      replace(namespace, event, ((listener, thisArg, disposables) => {
        const subscription = subscribe(listener, thisArg);
        const giveUp = held.add(`${path}.${event}`);
        const disposable = new vscode.Disposable(() => {
          giveUp();
          subscription.dispose();
        });
        disposables?.push(disposable);
        return disposable;
      }) satisfies Subscribe);
    }
}

/** @param ended where VS Code gives the object up by itself, its event that says so. */
function countMade(
  namespace: object,
  name: string,
  held: Held,
  ended?: (made: vscode.Disposable) => vscode.Event<void>,
): void {
  const make = Reflect.get(namespace, name) as (...args: unknown[]) => vscode.Disposable;
  replace(namespace, name, (...args: unknown[]) => {
    const given = make(...args);
    const giveUp = held.add(name);
    if (ended) {
      ended(given)(giveUp);
      return given;
    }
    // Decoration types are frozen.
    const made = Object.isFrozen(given) ? (Object.create(given) as vscode.Disposable) : given;
    const dispose = given.dispose.bind(given);
    replace(made, 'dispose', () => {
      giveUp();
      dispose();
    });
    return made;
  });
}

function countWorkers(held: Held): void {
  const threads = createRequire(__filename)('node:worker_threads') as typeof workerThreads;
  const { Worker } = threads;
  class CountedWorker extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      this.once('exit', held.add('worker threads'));
    }
  }
  replace(threads, 'Worker', CountedWorker);
}

function replace(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { configurable: true, enumerable: true, writable: true, value });
}
