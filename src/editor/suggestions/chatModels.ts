import * as vscode from 'vscode';

/** A language model of the editor, as far as labels are asked of it. */
export interface ChatModel {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  /** How many tokens one request may have. */
  readonly maxInputTokens: number;
  countTokens(text: string, token: vscode.CancellationToken): PromiseLike<number>;
  /** Sends a text, and gives the answer as it comes. Rejects with `LanguageModelError` where it is refused. */
  ask(
    text: string,
    justification: string,
    token: vscode.CancellationToken,
  ): PromiseLike<AsyncIterable<string>>;
}

export interface ChatModels {
  all(): PromiseLike<readonly ChatModel[]>;
}

/** Those that other extensions provide to VS Code; none where VS Code knows nothing of language models. */
export const editorModels: ChatModels = {
  async all() {
    const lm = vscode.lm as typeof vscode.lm | undefined;
    if (typeof lm?.selectChatModels !== 'function') return [];
    return (await lm.selectChatModels()).map(asChatModel);
  },
};

function asChatModel(model: vscode.LanguageModelChat): ChatModel {
  const { id, name, vendor, maxInputTokens } = model;
  return {
    id,
    name,
    vendor,
    maxInputTokens,
    countTokens: (text, token) => model.countTokens(text, token),
    async ask(text, justification, token) {
      const messages = [vscode.LanguageModelChatMessage.User(text)];
      return (await model.sendRequest(messages, { justification }, token)).text;
    },
  };
}
