import type uPlot from 'uplot';
import { formatCount } from '../../common/figures';
import * as l10n from '../../common/l10n';
import { bestEpoch } from '../../run/curves';
import type { RunState } from '../../run/runState';
import type { RunAxis } from './runAxis';

/** Marks a run's best epoch on a chart: a line down, with a star and words at one of its ends. */
export class BestMark {
  private place: { readonly x: number; readonly text: string } | undefined;

  /** @param end where the words are, so that they do not lie on the curve. */
  constructor(
    private readonly axis: RunAxis,
    private readonly end: 'top' | 'bottom',
  ) {}

  update(state: RunState): void {
    const best = state.history.epochs.length > 1 ? bestEpoch(state) : undefined;
    this.place = best && {
      x: this.axis.of(best.step),
      text: l10n.t('★ best: epoch {0}', formatCount(best.epoch)),
    };
  }

  /** @param stroke the colour of line and words. */
  plugin(stroke: string, font: string): uPlot.Plugin {
    return { hooks: { draw: (plot) => this.draw(plot, stroke, font) } };
  }

  private draw(plot: uPlot, stroke: string, font: string): void {
    const { place } = this;
    if (!place) return;
    const { ctx, bbox } = plot;
    const at = Math.round(plot.valToPos(place.x, 'x', true));
    if (at < bbox.left || at > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.fillStyle = stroke;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = scaled(font, devicePixelRatio);
    ctx.textBaseline = this.end;
    const gap = 4 * devicePixelRatio;
    const isRoom = at + gap + ctx.measureText(place.text).width <= bbox.left + bbox.width;
    ctx.textAlign = isRoom ? 'left' : 'right';
    ctx.fillText(
      place.text,
      isRoom ? at + gap : at - gap,
      this.end === 'top' ? bbox.top + devicePixelRatio : bbox.top + bbox.height - gap,
    );
    ctx.restore();
  }
}

/** A font's size is in pixels of the page, a canvas counts those of the screen. */
function scaled(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`);
}
