import { WorkerError } from '../common/errors';
import * as l10n from '../common/l10n';
import type { Drawing } from '../report/drawing';
import type { FromPainter, ToPanel } from './protocol';

interface Waiting {
  readonly drawing: Drawing;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Has pictures painted by the loss panel's page, since the extension host cannot paint. Those that are asked
 * for before there is a page wait for it; a page that is made anew paints what the one before did not.
 */
export class Painter {
  private post: ((message: ToPanel) => void) | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private pictures = 0;

  /** A page is ready for messages. */
  connect(post: (message: ToPanel) => void): void {
    this.post = post;
    for (const [picture, { drawing }] of this.waiting) post({ type: 'paint', picture, drawing });
  }

  /** The panel is closed: nothing is painted any more. */
  disconnect(): void {
    this.post = undefined;
    for (const { reject } of this.waiting.values())
      reject(new WorkerError(l10n.t('The loss panel was closed.')));
    this.waiting.clear();
  }

  /**
   * The picture as PNG.
   * @throws {WorkerError} where the panel is closed before it is there, or its page cannot paint it.
   */
  paint(drawing: Drawing): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const picture = ++this.pictures;
      this.waiting.set(picture, { drawing, resolve, reject });
      this.post?.({ type: 'paint', picture, drawing });
    });
  }

  receive(message: FromPainter): void {
    const waiting = this.waiting.get(message.picture);
    this.waiting.delete(message.picture);
    if (message.type === 'painted') waiting?.resolve(message.bytes);
    else waiting?.reject(new WorkerError(message.message));
  }
}
