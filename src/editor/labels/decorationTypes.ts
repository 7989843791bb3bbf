import * as vscode from 'vscode';
import { heightAbove } from './decorations';
import type { DecorationStyle } from './decorations';
import { styleKey } from './drawnDecorations';
import type { StyledDecorations } from './drawnDecorations';
import { runsOf } from './fileMarks';

/** Unused types are let go of once there are more than this. Each has rules in VS Code's style sheet. */
const mostTypes = 500;

const themeColour = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);
/** Of the manifest's colours, those of a label. */
const labelColour = (colour: number): string => `rnnTagger.label${colour + 1}Foreground`;
const barColour = (colour: number): vscode.ThemeColor => themeColour(labelColour(colour));

/** One decoration type for each style, made when first needed and shared by all editors. */
export class DecorationTypes implements vscode.Disposable {
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  private marks: vscode.TextEditorDecorationType | undefined;

  draw(editor: vscode.TextEditor, { style, decorations }: StyledDecorations): void {
    editor.setDecorations(
      this.typeOf(style),
      decorations.map(
        ({ startLine, startColumn, endLine, endColumn }) =>
          new vscode.Range(startLine, startColumn, endLine, endColumn),
      ),
    );
  }

  /** Marks lines of a document in the overview ruler of its editor. */
  mark(editor: vscode.TextEditor, lines: readonly number[]): void {
    this.marks ??= vscode.window.createTextEditorDecorationType({
      overviewRulerColor: themeColour('rnnTagger.differingLabelForeground'),
      overviewRulerLane: vscode.OverviewRulerLane.Right,
    });
    editor.setDecorations(
      this.marks,
      runsOf(lines).map(({ first, last }) => new vscode.Range(first, 0, last, 0)),
    );
  }

  /** Lets go of the types that no editor uses, where there are very many. */
  prune(used: () => Iterable<DecorationStyle>): void {
    if (this.types.size <= mostTypes) return;
    const kept = new Set(Array.from(used(), styleKey));
    for (const [key, type] of this.types) {
      if (kept.has(key)) continue;
      type.dispose();
      this.types.delete(key);
    }
  }

  dispose(): void {
    this.marks?.dispose();
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
  }

  private typeOf(style: DecorationStyle): vscode.TextEditorDecorationType {
    const key = styleKey(style);
    let type = this.types.get(key);
    if (!type) {
      type = vscode.window.createTextEditorDecorationType(optionsOf(style));
      this.types.set(key, type);
    }
    return type;
  }
}

function optionsOf(style: DecorationStyle): vscode.DecorationRenderOptions {
  switch (style.kind) {
    case 'bar':
    case 'agrees':
    case 'continues':
      return behindField(style, { color: themeColour('descriptionForeground') });
    case 'predicted':
      return behindField(style, { color: themeColour('editor.foreground') });
    case 'differs':
      return behindField(style, {
        color: themeColour('rnnTagger.differingLabelForeground'),
        fontWeight: 'bold',
      });
    case 'differing-token':
      return {
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        borderStyle: 'dotted',
        borderWidth: '0 0 2px 0',
        borderColor: themeColour('rnnTagger.differingLabelForeground'),
      };
    case 'token':
      return pill(style, {});
    case 'span':
      return pill(style, spanGround(style));
    case 'underlined-token':
      return labelAbove(style, {});
    case 'underlined-span':
      return labelAbove(style, spanGround(style));
    case 'gold-span':
      return { ...pill(style, spanGround(style)), ...goldPill(style) };
    case 'underlined-gold-span':
      return labelAbove(style, { ...spanGround(style), ...outline(style) });
    case 'segment':
      return {
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        backgroundColor: themeColour(`rnnTagger.segment${style.colour + 1}Background`),
      };
    case 'cut':
      return {
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
        after: {
          contentText: vscode.l10n.t('… labels shown around the cursor only'),
          color: themeColour('descriptionForeground'),
          fontStyle: 'italic',
          margin: '0 0.5em',
        },
      };
  }
}

/**
 * The label stands behind the row's label field: beside gold, before columns that a narrow editor does not
 * show. A bar without a text has a space in its place, since VS Code draws nothing where there is no text.
 */
function behindField(
  { text, colour, doubtful }: DecorationStyle,
  attachment: vscode.ThemableDecorationAttachmentRenderOptions,
): vscode.DecorationRenderOptions {
  return {
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    after: {
      contentText: text || '\u00a0',
      margin: '0 0.2em 0 0.6em',
      border: sideBar(doubtful),
      borderColor: barColour(colour),
      ...attachment,
    },
  };
}

const spanGround = ({ colour }: DecorationStyle): vscode.ThemableDecorationRenderOptions => ({
  backgroundColor: themeColour(`rnnTagger.label${colour + 1}Background`),
  borderRadius: '3px',
});

/** The word is underlined in the label's colour, and the label stands behind it, smaller, in a frame. */
function pill(
  style: DecorationStyle,
  options: vscode.ThemableDecorationRenderOptions,
): vscode.DecorationRenderOptions {
  return {
    ...underlined(style),
    ...options,
    after: {
      contentText: style.text,
      color: themeColour('editor.foreground'),
      backgroundColor: themeColour(`rnnTagger.label${style.colour + 1}Background`),
      border: '1px solid',
      borderColor: barColour(style.colour),
      ...plain,
      margin: '0 0.3em 0 0.2em',
      textDecoration: 'none; font-size: 0.75em; padding: 0 0.3em; border-radius: 0.5em',
    },
  };
}

/** What a person said stands in a frame, and its label on the full colour. */
function goldPill(style: DecorationStyle): vscode.DecorationRenderOptions {
  const { after } = pill(style, {});
  return {
    ...outline(style),
    after: {
      ...after,
      color: themeColour('editor.background'),
      backgroundColor: barColour(style.colour),
      fontWeight: 'bold',
    },
  };
}

const outline = ({ colour }: DecorationStyle): vscode.ThemableDecorationRenderOptions => ({
  outline: '1px solid',
  outlineColor: barColour(colour),
});

/** The word is underlined in the label's colour; the label, where it has one, stands above and takes no width. */
function labelAbove(
  style: DecorationStyle,
  options: vscode.ThemableDecorationRenderOptions,
): vscode.DecorationRenderOptions {
  return {
    ...underlined(style),
    ...options,
    ...(style.text !== '' && {
      before: {
        contentText: style.text,
        color: themeColour('editor.foreground'),
        ...plain,
        textDecoration: `none; position: absolute; top: -2px; line-height: 1; font-size: ${heightAbove}em; pointer-events: none`,
      },
    }),
  };
}

/** Whatever the word's own style is. */
const plain = { fontStyle: 'normal', fontWeight: 'normal' } as const;

/**
 * A border would begin at the label of the word before, where no space is between: an underline is the word's
 * own.
 */
function underlined({ colour, doubtful }: DecorationStyle): vscode.DecorationRenderOptions {
  const line = `underline 2px ${doubtful ? 'dotted' : 'solid'}`;
  return {
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    textDecoration: `${line} var(--vscode-${labelColour(colour).replace('.', '-')}); text-underline-offset: 2px`,
  };
}

/** Attachments have no property for one side's border, so that the value carries more than its name says. */
const sideBar = (doubtful: boolean | undefined): string =>
  `none; border-left: 3px ${doubtful ? 'dotted' : 'solid'}; padding-left: 0.4em`;
