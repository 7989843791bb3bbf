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
import type { LayoutField, WrongLayout } from './layoutSetting';
import { openSettings } from './openSettings';

/** Warns of glob patterns, and of layouts, that are left out, of each once. */
export class GlobNotice {
  private readonly told = new Set<string>();

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** @param setting its whole name, such as `rnnTagger.corpora.include`. */
  warn(setting: string, leftOut: readonly LeftOutGlob[]): void {
    this.tell(
      setting,
      leftOut.map(({ glob, fault }) => warning(setting, glob, fault)),
    );
  }

  warnOfLayouts(wrong: readonly WrongLayout[]): void {
    const setting = 'rnnTagger.corpora.layouts';
    this.tell(
      setting,
      wrong.map(({ glob, field, value }) =>
        vscode.l10n.t(
          '{0}: what is said of “{1}” is left out, since {2} will not do. {3}',
          setting,
          shownName(glob),
          field === undefined ? value : `${field} ${value}`,
          expected(field),
        ),
      ),
    );
  }

  private tell(setting: string, all: readonly string[]): void {
    const warnings = all.filter((text) => !this.told.has(text));
    if (warnings.length === 0) return;
    for (const text of warnings) {
      this.told.add(text);
      this.log.warn(text);
    }
    const text =
      warnings.length === 1
        ? warnings[0]
        : vscode.l10n.t('{0} (And {1} more, in the log.)', warnings[0], warnings.length - 1);
    void this.show(setting, text);
  }

  private async show(setting: string, text: string): Promise<void> {
    const open = vscode.l10n.t('Open Setting');
    const chosen = await vscode.window.showWarningMessage(withoutLinks(text), open);
    if (chosen === open) await openSettings(setting);
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

function expected(field: LayoutField | undefined): string {
  switch (field) {
    case 'columns':
      return vscode.l10n.t('columns takes the names of all columns, one of them "form".');
    case 'delimiter':
      return vscode.l10n.t('delimiter takes tab, space, comma, semicolon or one other sign.');
    case 'header':
      return vscode.l10n.t('header takes true or false.');
    case 'comment':
      return vscode.l10n.t('comment takes what comments begin with, or "" where there are none.');
    case 'scheme':
      return vscode.l10n.t('scheme takes IOB1, IOB2, IOE1, IOE2, IOBES, IO or none.');
    case 'encoding':
      return vscode.l10n.t('encoding takes the name of an encoding, such as latin1.');
    case undefined:
      return vscode.l10n.t('It takes columns, delimiter, header, comment, scheme and encoding.');
  }
}
