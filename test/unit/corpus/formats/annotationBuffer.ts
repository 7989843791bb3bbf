/** Annotations on the disk and in an editor, as VS Code has them. */
export class AnnotationBuffer {
  onDisk: string | undefined;
  private unsaved: string | undefined;

  get now(): string | undefined {
    return this.unsaved ?? this.onDisk;
  }

  get isDirty(): boolean {
    return this.unsaved !== undefined;
  }

  /** An edit in their editor, as answers are. */
  edit(after: string): void {
    this.unsaved = after;
  }

  /** Written beside their text; unsaved changes stay unsaved. */
  write(after: string | undefined): void {
    if (this.unsaved !== undefined && after !== undefined) this.unsaved = after;
    else this.onDisk = after;
  }

  save(): void {
    this.onDisk = this.now;
    this.unsaved = undefined;
  }

  revert(): void {
    this.unsaved = undefined;
  }
}
