/** Imported first: what the layers below say is in the language of VS Code. */
import * as vscode from 'vscode';
import { useMessages } from '../common/l10n';

useMessages(vscode.l10n.bundle);
