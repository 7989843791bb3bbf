import { messageOf } from '../common/errors';
import { settingsToKeep } from '../model/settings/keptSettings';
import { readImportedModel } from './readImportedModel';
import type { ImportedModel } from './readImportedModel';
import { readText, removeTemporary, writeWhole } from './storage';
import type { FileOperations } from './storage';

const root = 'models';

/** Models that came from files, one folder each: `model.json` and `model.safetensors`. */
export class ImportedModels {
  private list: ImportedModel[] = [];

  constructor(
    private readonly files: FileOperations,
    private readonly log: (message: string) => void,
    /** Whether a process of this machine lives. */
    private readonly isAlive: (pid: number) => boolean = () => true,
  ) {}

  /** Newest first. */
  get models(): readonly ImportedModel[] {
    return this.list;
  }

  async load(): Promise<void> {
    let ids: string[] = [];
    try {
      ids = await this.files.folders(root);
    } catch (error) {
      this.log(`Could not read the folder of models: ${String(error)}`);
    }
    const there = await Promise.all(ids.map((id) => this.cleanUp(id)));
    const found = await Promise.all(ids.filter((_, i) => there[i]).map((id) => this.loadModel(id)));
    this.list = found.filter((model) => model !== undefined).sort(newestFirst);
  }

  /** Keeps a model. The same file imported again becomes another entry. */
  async add(model: ImportedModel, bytes: Uint8Array): Promise<void> {
    await writeWhole(this.files, `${root}/${model.id}/model.safetensors`, bytes);
    await this.write(model);
    this.list = [model, ...this.list];
  }

  /** Gives a model the name that a person wants, or its own again. Rejects where that cannot be written. */
  async rename(id: string, title: string | undefined): Promise<void> {
    const model = this.list.find((other) => other.id === id);
    if (!model) throw new Error(`There is no model ${id}`);
    const renamed = { ...model, title };
    await this.write(renamed);
    this.list = this.list.map((other) => (other.id === id ? renamed : other));
  }

  /** Rejects where its files cannot be removed. */
  async delete(id: string): Promise<void> {
    await this.files.remove(`${root}/${id}`);
    this.list = this.list.filter((model) => model.id !== id);
  }

  read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.files.read(`${root}/${id}/model.safetensors`);
  }

  private async write(model: ImportedModel): Promise<void> {
    const kept = { ...model, info: { ...model.info, settings: settingsToKeep(model.info.settings) } };
    const text = new TextEncoder().encode(JSON.stringify(kept));
    await writeWhole(this.files, `${root}/${model.id}/model.json`, text);
  }

  /**
   * Removes what a window that was killed left of a model that it took in. False: that was all there was.
   */
  private async cleanUp(id: string): Promise<boolean> {
    const folder = `${root}/${id}`;
    try {
      await removeTemporary(this.files, folder, (pid) => pid !== undefined && !this.isAlive(pid));
      const inside = [await this.files.files(folder), await this.files.folders(folder)];
      if (inside.flat().length > 0) return true;
      await this.files.remove(folder);
      return false;
    } catch (error) {
      this.log(`Could not clean up ${folder}: ${messageOf(error)}`);
      return true;
    }
  }

  private async loadModel(id: string): Promise<ImportedModel | undefined> {
    try {
      const { model, damaged } = readImportedModel(
        await readText(this.files, `${root}/${id}/model.json`),
        id,
      );
      if (damaged.length > 0)
        this.log(`What is known of the model in ${root}/${id} is damaged: ${damaged.join(', ')}.`);
      return model;
    } catch (error) {
      this.log(`The model in ${root}/${id} is left out, it cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }
}

function newestFirst(a: ImportedModel, b: ImportedModel): number {
  return a.imported < b.imported ? 1 : -1;
}
