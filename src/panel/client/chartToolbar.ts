import * as l10n from '../../common/l10n';
import type { ChartChoices, ChartView } from './chartView';
import { PressButton } from './controls';
import { element } from './dom';
import type { RunAxis } from './runAxis';
import { xAxes, xTitle } from './xAxis';

/** What is chosen of all charts of a run. */
export class ChartToolbar {
  readonly root = element('div', 'chart-toolbar');
  private readonly xAxis = element('select');
  private readonly smoothing = element('input');
  private readonly logarithmic: HTMLInputElement;
  private readonly cutOutliers: HTMLInputElement;
  private readonly zoomOut = new PressButton(() => this.view.showAll());

  constructor(private readonly axis: RunAxis) {
    this.root.setAttribute('role', 'group');
    this.root.setAttribute('aria-label', l10n.t('Charts'));
    this.xAxis.append(
      ...xAxes.map((name) => {
        const option = element('option', '', xTitle(name));
        option.value = name;
        return option;
      }),
    );
    this.xAxis.addEventListener('change', () => {
      const chosen = xAxes.find((name) => name === this.xAxis.value);
      if (chosen) this.view.choose({ xAxis: chosen });
    });
    Object.assign(this.smoothing, { type: 'range', min: '0', max: '100', step: '5' });
    this.smoothing.addEventListener('input', () =>
      this.view.choose({ smoothing: this.smoothing.valueAsNumber }),
    );
    this.logarithmic = this.checkbox('logarithmic');
    this.cutOutliers = this.checkbox('cutOutliers');
    this.zoomOut.label(l10n.t('Show All'));
    this.zoomOut.root.classList.add('secondary');
    this.root.append(
      element('label', '', l10n.t('By'), this.xAxis),
      element('label', '', l10n.t('Smoothing'), this.smoothing),
      element('label', '', this.logarithmic, l10n.t('Logarithmic')),
      element('label', '', this.cutOutliers, l10n.t('Cut outliers')),
      this.zoomOut.root,
    );
    this.root.title = l10n.t(
      'Drag in a chart to zoom in, double-click to show all. Ctrl and the wheel zoom, Shift and the wheel move. With the keyboard in a chart: arrows move the crosshair, + and − zoom, Shift and arrows move, 0 shows all. Click or Enter keeps the crosshair, up and down pick a run.',
    );
    this.update();
  }

  update(): void {
    const { choices, zoom } = this.view;
    for (const option of this.xAxis.options)
      option.disabled = !this.axis.available.some((name) => name === option.value);
    this.xAxis.value = this.axis.shown;
    this.smoothing.value = String(choices.smoothing);
    this.logarithmic.checked = choices.logarithmic;
    this.cutOutliers.checked = choices.cutOutliers;
    // It keeps its place.
    this.zoomOut.root.style.visibility = zoom === undefined ? 'hidden' : 'visible';
  }

  private get view(): ChartView {
    return this.axis.view;
  }

  private checkbox(choice: Extract<keyof ChartChoices, 'logarithmic' | 'cutOutliers'>): HTMLInputElement {
    const box = element('input');
    box.type = 'checkbox';
    box.addEventListener('change', () => this.view.choose({ [choice]: box.checked }));
    return box;
  }
}
