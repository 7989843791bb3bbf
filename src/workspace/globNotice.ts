import * as vscode from 'vscode';
import { shownName, withoutLinks } from '../common/shownText';
import {
  longestGlob,
  mostAlternatives,
  mostAlternativesTogether,
  mostDeepStars,
  mostGlobs,
  mostStars,
} from './globs';
import type { GlobFault, LeftOutGlob } from './globs';

/** Warns of glob patterns that are left out, of each once. */
export class GlobNotice {
  private readonly told = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** @param setting its whole name, such as `rnnTagger.corpora.include`. */
  warn(setting: string, leftOut: readonly LeftOutGlob[]): void {
    const untold = leftOut.filter(({ glob }) => !this.told.has(`${setting} ${glob}`));
    if (untold.length === 0) return;
    for (const { glob } of untold) this.told.add(`${setting} ${glob}`);
    const warnings = untold.map(({ glob, fault }) => warning(setting, glob, fault));
    for (const text of warnings) this.log.warn(text);
    const text =
      warnings.length === 1
        ? warnings[0]
        : vscode.l10n.t('{0} (And {1} more, in the log.)', warnings[0], warnings.length - 1);
    void this.show(setting, text);
  }

  private async show(setting: string, text: string): Promise<void> {
    const open = vscode.l10n.t('Open Setting');
    const chosen = await vscode.window.showWarningMessage(withoutLinks(text), open);
    if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', setting);
  }
}

function warning(setting: string, glob: string, fault: GlobFault): string {
  return vscode.l10n.t('{0}: the pattern “{1}” is left out. {2}', setting, shownName(glob), reason(fault));
}

function reason(fault: GlobFault): string {
  switch (fault) {
    case 'length':
      return vscode.l10n.t('It has more than {0} characters: write several shorter ones.', longestGlob);
    case 'braces':
      return vscode.l10n.t(
        'Its braces stand for more than {0} patterns: write several patterns with fewer braces.',
        mostAlternatives,
      );
    case 'stars':
      return vscode.l10n.t(
        'It has more than {0} “*” in one part of the path, or more than {1} “**”: write a simpler one.',
        mostStars,
        mostDeepStars,
      );
    case 'many':
      return vscode.l10n.t(
        'The list goes over {0} patterns, or stands for more than {1}: write simpler or fewer ones.',
        mostGlobs,
        mostAlternativesTogether,
      );
  }
}
