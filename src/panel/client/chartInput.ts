import type uPlot from 'uplot';
import type { RunAxis } from './runAxis';

/** A drag that is shorter is a click. In CSS pixels. */
const leastDrag = 6;

/** Charts that show the same moment. */
const together = 'run';

/** uPlot's own, with what its types leave out: whether charts that are read together follow. */
type SetCursor = (at: { left: number; top: number }, tell: boolean, others: boolean) => void;

/** What clicks and keys do with the curves of a chart. */
export interface CurvePicking {
  /** A click on a place in the plot, in CSS pixels. */
  clicked(plot: uPlot, left: number, top: number): void;
  /** The click was the first of a double click, which does something else. */
  takenBack(): void;
  /** Keeps the crosshair where it is, at a place of the x axis, or lets it go again. */
  pinned(x: number | undefined): void;
  /** The next curve above or below. */
  next(way: 'up' | 'down'): void;
}

/**
 * How a chart of a run is read and zoomed. A drag zooms in, a double click shows all; Ctrl and the wheel zoom,
 * Shift and the wheel move. By keys: arrows move the crosshair, with Shift what is shown, + and − zoom, 0 shows all,
 * up and down pick
 * a run, Enter and a click keep the crosshair.
 */
export class ChartInput {
  constructor(
    private readonly axis: RunAxis,
    place: HTMLElement,
    private readonly plot: () => uPlot | undefined,
    private readonly picking?: CurvePicking,
  ) {
    place.tabIndex = 0;
    place.setAttribute(
      'aria-keyshortcuts',
      'ArrowLeft ArrowRight ArrowUp ArrowDown Enter Escape Shift+ArrowLeft Shift+ArrowRight Home End + - 0',
    );
    place.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.pressed(event.key, event.shiftKey)) return;
      event.preventDefault();
    });
    place.addEventListener('blur', () => this.moveTo(undefined));
    let pressedAt = [NaN, NaN];
    place.addEventListener('mousedown', ({ clientX, clientY }) => (pressedAt = [clientX, clientY]));
    place.addEventListener('click', ({ clientX, clientY, detail }) => {
      const isDrag = Math.hypot(clientX - pressedAt[0], clientY - pressedAt[1]) >= leastDrag;
      if (isDrag) return;
      if (detail <= 1) this.clicked(clientX, clientY);
      else this.picking?.takenBack();
    });
    place.addEventListener('wheel', (event) => this.turned(event), { passive: false });
  }

  get cursor(): uPlot.Cursor {
    const { view } = this.axis;
    return {
      drag: { x: true, y: false, setScale: false, dist: leastDrag },
      bind: {
        dblclick: () => () => {
          view.showAll();
          return null;
        },
      },
      sync: {
        key: together,
        setSeries: false,
        scales: ['x', null],
        filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
      },
    };
  }

  get hooks(): uPlot.Hooks.Arrays {
    return { setSelect: [(plot) => this.selected(plot)] };
  }

  private selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < leastDrag) return;
    const [from, to] = [left, left + width].map((at) => this.axis.stepAt(plot.posToVal(at, 'x')));
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.axis.view.zoomTo({ from, to });
  }

  private turned(event: WheelEvent): void {
    const plot = this.plot();
    const isZoom = event.ctrlKey || event.metaKey;
    if (!plot || (!isZoom && !event.shiftKey)) return;
    event.preventDefault();
    const { view } = this.axis;
    const { left, width } = plot.over.getBoundingClientRect();
    if (isZoom) {
      const around = this.axis.stepAt(plot.posToVal(event.clientX - left, 'x'));
      view.zoomBy(event.deltaY < 0 ? 'in' : 'out', around);
    } else {
      const { from, to } = view.range;
      view.panBy(((event.deltaX || event.deltaY) / Math.max(1, width)) * (to - from));
    }
  }

  private clicked(clientX: number, clientY: number): void {
    const plot = this.plot();
    if (!plot) return;
    const { left, top } = plot.over.getBoundingClientRect();
    this.picking?.clicked(plot, clientX - left, clientY - top);
  }

  private pressed(key: string, shift: boolean): boolean {
    const { view } = this.axis;
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        if (shift) view.pan(key === 'ArrowLeft' ? 'earlier' : 'later');
        else this.moveBy(key === 'ArrowLeft' ? -1 : 1);
        return true;
      case 'ArrowUp':
      case 'ArrowDown':
        if (!this.picking || shift) return false;
        this.picking.next(key === 'ArrowUp' ? 'up' : 'down');
        return true;
      case 'Enter':
      case 'Escape':
        if (!this.picking) return false;
        this.picking.pinned(key === 'Enter' ? this.place() : undefined);
        return true;
      case 'Home':
        this.moveTo(0);
        return true;
      case 'End':
        this.moveTo(Infinity);
        return true;
      case '+':
      case '=':
        view.zoomBy('in', this.step());
        return true;
      case '-':
        view.zoomBy('out', this.step());
        return true;
      case '0':
        view.showAll();
        return true;
      default:
        return false;
    }
  }

  /** Where the crosshair is on the x axis. */
  private place(): number | undefined {
    const plot = this.plot();
    const index = plot?.cursor.idx;
    return plot && typeof index === 'number' ? plot.data[0][index] : undefined;
  }

  /** The step at which the crosshair is. */
  private step(): number | undefined {
    const place = this.place();
    return place === undefined ? undefined : this.axis.stepAt(place);
  }

  private moveBy(points: number): void {
    const index = this.plot()?.cursor.idx;
    this.moveTo(typeof index === 'number' ? index + points : points > 0 ? 0 : Infinity);
  }

  /** @param index of a point, kept among those on screen; undefined: nowhere. */
  private moveTo(index: number | undefined): void {
    const plot = this.plot();
    if (!plot) return;
    const setCursor = plot.setCursor as SetCursor;
    if (index === undefined) return setCursor({ left: -10, top: -10 }, true, true);
    const [x] = plot.data;
    const [from, to] = this.axis.range;
    const first = x.findIndex((at) => at >= from);
    const last = x.findLastIndex((at) => at <= to);
    if (first < 0 || last < first) return;
    const at = x[Math.min(last, Math.max(first, index))];
    setCursor({ left: plot.valToPos(at, 'x'), top: 0 }, true, true);
  }
}
