import type { Translate } from './translate';

export interface MenuState {
  readonly models: boolean;
  /** A run is going on. */
  readonly run: 'none' | 'running' | 'paused';
  readonly canResume: boolean;
  readonly trusted: boolean;
  /** There is something in the panel to look at. */
  readonly hasRuns: boolean;
}

export interface MenuItem {
  /** With its icon. */
  readonly label: string;
  readonly command: string;
}

/** The commands that make sense now, most useful first: the status bar's menu. */
export function menuItems(state: MenuState, t: Translate): MenuItem[] {
  const items: (MenuItem | false)[] = [
    state.run === 'running' && { label: `$(debug-pause) ${t('Pause Training')}`, command: 'rnnTagger.pause' },
    state.run === 'paused' && {
      label: `$(debug-continue) ${t('Resume Training')}`,
      command: 'rnnTagger.resume',
    },
    state.run !== 'none' && { label: `$(debug-stop) ${t('Stop Training')}`, command: 'rnnTagger.stop' },
    state.run === 'none' &&
      state.canResume && {
        label: `$(debug-continue) ${t('Resume Last Run')}`,
        command: 'rnnTagger.resumeRun',
      },
    state.run === 'none' && { label: `$(play) ${t('Train on Workspace')}`, command: 'rnnTagger.train' },
    state.hasRuns && { label: `$(graph-line) ${t('Show Loss Panel')}`, command: 'rnnTagger.showLossPanel' },
    state.models && { label: `$(eye) ${t('Toggle Predicted Labels')}`, command: 'rnnTagger.toggleLabels' },
    state.models && { label: `$(list-selection) ${t('Choose Model…')}`, command: 'rnnTagger.chooseModel' },
    state.models && { label: `$(export) ${t('Export Model…')}`, command: 'rnnTagger.exportModel' },
    { label: `$(desktop-download) ${t('Import Model…')}`, command: 'rnnTagger.importModel' },
    { label: `$(checklist) ${t('Check Corpus')}`, command: 'rnnTagger.checkCorpus' },
    { label: `$(search-fuzzy) ${t('Find Label Errors')}`, command: 'rnnTagger.findLabelErrors' },
    { label: `$(dashboard) ${t('Measure Devices Again')}`, command: 'rnnTagger.measureDevicesAgain' },
    state.hasRuns && { label: `$(trash) ${t('Delete Run…')}`, command: 'rnnTagger.deleteRun' },
    !state.trusted && {
      label: `$(shield) ${t('Manage Workspace Trust')}`,
      command: 'workbench.trust.manage',
    },
    { label: `$(output) ${t('Show Log')}`, command: 'rnnTagger.showLog' },
  ];
  return items.filter((item) => item !== false);
}
