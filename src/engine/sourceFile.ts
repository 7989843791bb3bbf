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
  readonly content: Uint8Array<ArrayBuffer> | string;
}
