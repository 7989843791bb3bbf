import * as vscode from 'vscode';
import { formatOf } from '../../corpus/formats';
import type { AnswerServices } from './answerPart';
import type { AnswerPlace } from './askedTokens';

/** Offers the answers to a token of a corpus as quick fixes: commands, which are told the token's place. */
export function registerAnswerActions({ corpora, models }: AnswerServices): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, { only }) {
      const corpus = corpora.corpusOf(document.uri);
      if (!corpus || corpus.columns.length === 0) return [];
      if (only && !only.contains(vscode.CodeActionKind.QuickFix)) return [];
      const isRow = formatOf(corpus.layout).tokenPerLine;
      if (isRow && document.lineAt(range.start.line).isEmptyOrWhitespace) return [];
      // Where a hover offers them, the cursor may be anywhere.
      const place: AnswerPlace = {
        uri: document.uri.toString(),
        version: document.version,
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      };
      const action = (title: string, command: string): vscode.CodeAction => {
        const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        made.command = { title, command, arguments: [place] };
        return made;
      };
      const hasSpans = corpus.columns.some(({ scheme }) => scheme !== 'none');
      return [
        ...(models.modelFor(document)
          ? [action(vscode.l10n.t('Accept Label'), 'rnnTagger.acceptLabel')]
          : []),
        action(vscode.l10n.t('Change Label…'), 'rnnTagger.changeLabel'),
        ...(hasSpans
          ? [
              action(vscode.l10n.t('Widen Span to the Left'), 'rnnTagger.widenSpanLeft'),
              action(vscode.l10n.t('Widen Span to the Right'), 'rnnTagger.widenSpanRight'),
              action(vscode.l10n.t('Shorten Span on the Left'), 'rnnTagger.shortenSpanLeft'),
              action(vscode.l10n.t('Shorten Span on the Right'), 'rnnTagger.shortenSpanRight'),
              action(vscode.l10n.t('Remove Label'), 'rnnTagger.removeLabel'),
            ]
          : []),
        action(vscode.l10n.t('Label All the Same in This File'), 'rnnTagger.labelAllSame'),
      ];
    },
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}
