import type { StatedLayout } from '../corpus/formats/rows/statedLayout';

/**
 * A file handed over: its bytes (UTF-8), or its text where it is open in an editor or in another encoding.
 */
export interface SourceFile {
  /** What names the file everywhere: a URI in the editor, a path on the command line. */
  readonly file: string;
  /**
   * The path below its workspace folder, with `/`, beginning with the folder's name: files are grouped by it.
   */
  readonly path: string;
  /** What a person says of its rows. */
  readonly stated?: StatedLayout;
  /** A person said that it is a corpus. */
  readonly chosen?: boolean;
  readonly content: Uint8Array<ArrayBuffer> | string;
  /** Its annotations, where they stand in a file of their own, as brat's do. */
  readonly companion?: {
    readonly file: string;
    readonly content: Uint8Array<ArrayBuffer> | string;
    /** The text is not gone through to its end yet: only what is labelled so far is learned. */
    readonly inProgress?: boolean;
  };
}
