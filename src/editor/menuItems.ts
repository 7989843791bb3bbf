import type { Translate } from './translate';

export interface MenuState {
  readonly models: boolean;
  /** A run is going on. */
  readonly run: 'none' | 'running' | 'paused';
  readonly canResume: boolean;
  readonly trusted: boolean;
  /** There is something in the panel to look at. */
  readonly hasRuns: boolean;
  readonly hasCorpora: boolean;
}

export interface MenuItem {
  /** With its icon. */
  readonly label: string;
  readonly command: string;
  readonly argument?: unknown;
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
    state.run !== 'none' && {
      label: `$(debug-step-over) ${t('Stop Training After This Epoch')}`,
      command: 'rnnTagger.stopAfterEpoch',
    },
    state.run !== 'none' && {
      label: `$(settings) ${t('Change Learning Rate…')}`,
      command: 'rnnTagger.changeLearningRate',
    },
    state.run === 'none' &&
      state.canResume && {
        label: `$(debug-continue) ${t('Resume Last Run')}`,
        command: 'rnnTagger.resumeRun',
      },
    ...(state.hasCorpora ? [] : beginningItems(t)),
    state.models &&
      state.hasCorpora && {
        label: `$(checklist) ${t('Review Surest Disagreements')}`,
        command: 'rnnTagger.reviewSurestDisagreements',
      },
    state.run === 'none' && { label: `$(play) ${t('Train on Workspace')}`, command: 'rnnTagger.train' },
    state.hasRuns && { label: `$(graph-line) ${t('Show Loss Panel')}`, command: 'rnnTagger.showLossPanel' },
    state.models && { label: `$(type-hierarchy) ${t('Show Network')}`, command: 'rnnTagger.showNetwork' },
    state.models && {
      label: `$(arrow-swap) ${t('Show Gradient Flow')}`,
      command: 'rnnTagger.showGradientFlow',
    },
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
    { label: `$(mortar-board) ${t('Get Started')}`, command: 'rnnTagger.getStarted' },
    { label: `$(output) ${t('Show Log')}`, command: 'rnnTagger.showLog' },
  ];
  return items.filter((item) => item !== false);
}

/** How to come to a corpus. */
function beginningItems(t: Translate): MenuItem[] {
  return [
    { label: `$(tag) ${t('Label Plain Text…')}`, command: 'rnnTagger.labelText' },
    { label: `$(folder-opened) ${t('Choose Corpus Files…')}`, command: 'rnnTagger.chooseCorpusFiles' },
    { label: `$(beaker) ${t('Open Sample Workspace')}`, command: 'rnnTagger.openSampleWorkspace' },
  ];
}
