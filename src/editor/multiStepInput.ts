import * as vscode from 'vscode';

export interface PickStep {
  readonly title: string;
  readonly placeholder?: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
}

export interface TextStep {
  readonly title: string;
  readonly prompt?: string;
  readonly value?: string;
  /** What is wrong with the text, or is to be known of it. */
  readonly validateInput?: (typed: string) => string | vscode.InputBoxValidationMessage | undefined;
}

/**
 * Questions that follow one another. Each stays until the next is there: between two that VS Code shows by itself the
 * focus goes back to where it was, and where that is a webview, it may be taken out of the next question.
 *
 * Every step resolves with the answer, or with undefined where a person leaves.
 */
export class MultiStepInput implements vscode.Disposable {
  private last: vscode.QuickInput | undefined;

  /** Asks the questions of one task, and hides the last of them, however it ends. */
  static async run<T>(ask: (input: MultiStepInput) => Promise<T>): Promise<T> {
    const input = new MultiStepInput();
    try {
      return await ask(input);
    } finally {
      input.dispose();
    }
  }

  dispose(): void {
    this.last?.dispose();
  }

  async pick<T extends vscode.QuickPickItem>(items: readonly T[], step: PickStep): Promise<T | undefined> {
    const input = quickPick(items, step);
    return this.show(input, () => input.selectedItems.at(0) ?? input.activeItems.at(0));
  }

  /** One or more. */
  async pickMany<T extends vscode.QuickPickItem>(
    items: readonly T[],
    step: PickStep,
  ): Promise<readonly T[] | undefined> {
    const input = quickPick(items, step);
    input.canSelectMany = true;
    return this.show(input, () => (input.selectedItems.length > 0 ? input.selectedItems : undefined));
  }

  async type({ title, prompt, value = '', validateInput }: TextStep): Promise<string | undefined> {
    const input = vscode.window.createInputBox();
    input.title = title;
    input.prompt = prompt;
    input.value = value;
    const validate = (): boolean => {
      const message = validateInput?.(input.value);
      input.validationMessage = message;
      return (
        message === undefined ||
        (typeof message === 'object' && message.severity !== vscode.InputBoxValidationSeverity.Error)
      );
    };
    validate();
    input.onDidChangeValue(validate);
    return this.show(input, () => (validate() ? input.value : undefined));
  }

  /** @param answer what is answered; undefined: not yet. */
  private show<T>(
    input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
    answer: () => T | undefined,
  ): Promise<T | undefined> {
    const before = this.last;
    this.last = input;
    input.ignoreFocusOut = true;
    return new Promise((resolve) => {
      input.onDidAccept(() => {
        const given = answer();
        if (given !== undefined) resolve(given);
      });
      input.onDidHide(() => resolve(undefined));
      input.show();
      before?.dispose();
    });
  }
}

function quickPick<T extends vscode.QuickPickItem>(items: readonly T[], step: PickStep): vscode.QuickPick<T> {
  const input = vscode.window.createQuickPick<T>();
  input.title = step.title;
  input.placeholder = step.placeholder;
  input.matchOnDescription = step.matchOnDescription ?? false;
  input.matchOnDetail = step.matchOnDetail ?? false;
  input.items = items;
  return input;
}
