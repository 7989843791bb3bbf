/** Long texts that are handed to a worker piece by piece, so that the thread that hands them over is free in between. */
import { WorkerError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { SourceFile } from './sourceFile';

/** A piece of a text. */
export interface TextPiece {
  readonly type: 'piece';
  /** The text that it is of. */
  readonly text: number;
  /** How many come before it. */
  readonly before: number;
  readonly piece: string;
}

/** A text that was handed over before. */
export interface TextInPieces {
  readonly text: number;
  readonly pieces: number;
}

/** A file as it is sent. */
export interface SentFile extends Omit<SourceFile, 'content'> {
  readonly content: SourceFile['content'] | TextInPieces;
}

/** Texts whose pieces have come. */
export class TextsInPieces {
  private readonly texts = new Map<number, string[]>();

  /** @throws {WorkerError} where those before it are not here: another worker had them, and has died. */
  add({ text, before, piece }: TextPiece): void {
    const pieces = this.texts.get(text) ?? [];
    if (pieces.length !== before) throw lost();
    pieces.push(piece);
    this.texts.set(text, pieces);
  }

  /** A file with its whole text, which is not kept any longer. */
  whole(source: SentFile): SourceFile {
    const { content } = source;
    if (typeof content === 'string' || content instanceof Uint8Array) return { ...source, content };
    return { ...source, content: this.take(content) };
  }

  private take(text: TextInPieces): string {
    const pieces = this.texts.get(text.text) ?? [];
    this.texts.delete(text.text);
    if (pieces.length !== text.pieces) throw lost();
    return pieces.join('');
  }
}

const lost = (): WorkerError => new WorkerError(l10n.t('The worker was closed.'));
