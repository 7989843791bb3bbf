/** What is said of labels that were given, or could not be. */
import * as vscode from 'vscode';
import { shownName, withoutLinks } from '../../common/shownText';
import { referredTo } from '../../corpus/formats/bratEdits';
import type { FoundSpan } from '../../corpus/formats/bratEdits';
import type { TextRange } from '../../corpus/formats/spans/spanTokens';

/** Names spans that overlap the new ones. */
export function tellOverlaps(wanted: readonly TextRange[], found: readonly FoundSpan[], text: string): void {
  const overlapped = found.filter((span) =>
    wanted.some(({ start, end }) => span.start < end && start < span.end),
  );
  const [first] = overlapped;
  if (!first) return;
  const quoted = `${shown(first.type)} “${shown(text.slice(first.start, first.end))}”`;
  tell(
    vscode.l10n.t(
      'This overlaps {0}: both are kept, and of such spans the longest is learned.',
      overlapped.length > 1 ? vscode.l10n.t('{0} and {1} more', quoted, overlapped.length - 1) : quoted,
    ),
  );
}

/** Says that other lines still name spans that were removed. */
export function tellReferences(annotations: string, removed: readonly FoundSpan[]): void {
  const named = referredTo(annotations, removed).length;
  if (named > 0)
    tell(
      vscode.l10n.t(
        'Notes or relations in the annotations still name what was removed ({0}): look at them there.',
        named,
      ),
    );
}

export function nameOf(uri: vscode.Uri): string {
  return shown(uri.path.slice(uri.path.lastIndexOf('/') + 1));
}

export function shown(name: string): string {
  return withoutLinks(shownName(name));
}

export function tell(message: string): void {
  void vscode.window.showWarningMessage(withoutLinks(message));
}
