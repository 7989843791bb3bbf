import type { RunLook } from '../../../run/runLook';
import { mostCompared } from '../../runsProtocol';
import type { Sorting } from '../sorting';
import { places } from './look';

/** A run that is drawn over the one that is shown. */
export interface ChosenRun extends RunLook {
  readonly run: string;
  /** It stays when another run is shown. */
  readonly pinned: boolean;
  /** It is chosen, and not drawn for now. */
  readonly hidden: boolean;
}

export type RunColor = Pick<ChosenRun, 'run' | 'color'>;

/** What a page remembers of the runs that are drawn over each other. */
export interface KeptRuns {
  readonly chosen: readonly ChosenRun[];
  /** The colours that a person chose, also of runs that are not drawn now. */
  readonly colors: readonly RunColor[];
  /** Runs that differ by their seed alone are drawn as their mean. */
  readonly seeds: boolean;
  readonly sorting: Sorting | undefined;
  /** The run that was shown. */
  readonly shown: string | undefined;
  /** The step of the run that is shown at which the crosshair is kept. */
  readonly crosshair: number | undefined;
  /** The last {@link RunsOver} that was followed. */
  readonly over: string | undefined;
}

/** What of a page's state was kept and is sound. */
export function keptRunsOf(kept: unknown): KeptRuns {
  const { chosen, colors, seeds, sorting, shown, crosshair, over } = fieldsOf(kept);
  const runs = (Array.isArray(chosen) ? chosen : []).flatMap((value: unknown): ChosenRun[] => {
    const { run, place, color = place, pinned, hidden } = fieldsOf(value);
    if (typeof run !== 'string' || !isPlace(place) || !isPlace(color)) return [];
    return [{ run, place, color, pinned: pinned === true, hidden: hidden === true }];
  });
  const sound = runs.filter(
    ({ run, place }, i) =>
      runs.findIndex((other) => other.run === run) === i &&
      runs.findIndex((other) => other.place === place) === i,
  );
  const { by, ascending } = fieldsOf(sorting);
  return {
    chosen: sound,
    colors: (Array.isArray(colors) ? colors : []).flatMap((value: unknown): RunColor[] => {
      const { run, color } = fieldsOf(value);
      return typeof run === 'string' && isPlace(color) ? [{ run, color }] : [];
    }),
    seeds: seeds === true,
    sorting:
      typeof by === 'number' && Number.isInteger(by) && by >= 0 && typeof ascending === 'boolean'
        ? { by, ascending }
        : undefined,
    shown: typeof shown === 'string' ? shown : undefined,
    crosshair: typeof crosshair === 'number' && crosshair >= 0 ? crosshair : undefined,
    over: typeof over === 'string' ? over : undefined,
  };
}

/** Which runs are drawn over the one that is shown. */
export class ChosenRuns {
  private runs: readonly ChosenRun[];
  private byPerson: readonly RunColor[];
  private main: string | undefined;

  constructor({ chosen, colors, shown }: Pick<KeptRuns, 'chosen' | 'colors' | 'shown'>) {
    this.runs = chosen;
    this.byPerson = colors;
    this.main = shown;
  }

  get all(): readonly ChosenRun[] {
    return this.runs;
  }

  get colors(): readonly RunColor[] {
    return this.byPerson;
  }

  get shown(): string | undefined {
    return this.main;
  }

  get isFull(): boolean {
    return this.runs.length >= mostCompared;
  }

  get(run: string): ChosenRun | undefined {
    return this.runs.find((chosen) => chosen.run === run);
  }

  /** Another run is shown: only pinned ones stay. @returns whether it is another one. */
  show(run: string): boolean {
    if (run === this.main) return false;
    if (this.main !== undefined) this.runs = this.runs.filter(({ pinned }) => pinned);
    this.main = run;
    return true;
  }

  choose(run: string): void {
    const place = places.find((free) => this.runs.every((chosen) => chosen.place !== free));
    if (place === undefined || this.get(run)) return;
    this.runs = [
      ...this.runs,
      { run, place, color: this.colorFor(run, place), pinned: false, hidden: false },
    ];
  }

  /** A person chooses a run's colour: it stays the run's, also while it is not drawn. */
  paint(run: string, color: number): void {
    if (!isPlace(color)) return;
    this.byPerson = [...this.byPerson.filter((each) => each.run !== run), { run, color }];
    this.runs = this.runs.map((chosen) => (chosen.run === run ? { ...chosen, color } : chosen));
  }

  /** That which was chosen for it, else its place's, else one that no other has. */
  private colorFor(run: string, place: number): number {
    const byPerson = this.byPerson.find((each) => each.run === run);
    const isFree = (color: number): boolean => this.runs.every((chosen) => chosen.color !== color);
    return byPerson?.color ?? [place, ...places].find(isFree) ?? place;
  }

  /** These are drawn, and of others those that are pinned, where there is room. */
  replace(runs: readonly string[]): void {
    const wanted = runs.slice(0, mostCompared);
    const isWanted = ({ run }: ChosenRun): boolean => wanted.includes(run);
    const room = mostCompared - wanted.length;
    const others = this.runs.filter((chosen) => chosen.pinned && !isWanted(chosen)).slice(0, room);
    const kept = this.runs.filter(isWanted).map((chosen) => ({ ...chosen, hidden: false }));
    this.runs = [...kept, ...others];
    for (const run of wanted) this.choose(run);
  }

  leave(run: string): void {
    this.runs = this.runs.filter((chosen) => chosen.run !== run);
  }

  toggle(run: string, what: 'pinned' | 'hidden'): void {
    this.runs = this.runs.map((chosen) =>
      chosen.run === run ? { ...chosen, [what]: !chosen[what] } : chosen,
    );
  }

  /** Leaves those that are not there any more. @returns these. */
  keepOnly(isThere: (run: string) => boolean): readonly ChosenRun[] {
    const gone = this.runs.filter(({ run }) => !isThere(run));
    if (gone.length > 0) this.runs = this.runs.filter(({ run }) => isThere(run));
    this.byPerson = this.byPerson.filter(({ run }) => isThere(run));
    return gone;
  }
}

function isPlace(value: unknown): value is number {
  return places.some((known) => known === value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
