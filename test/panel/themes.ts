/**
 * What VS Code's default themes give a webview: the variables that the panel uses, as VS Code 1.100 resolves
 * them.
 */
export interface Theme {
  readonly name: string;
  /** Classes of the body. */
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
}

const font = {
  'font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
};

/** The extension's own colours for labels, which runs have, too. */
const labels = (colors: readonly string[]): Record<string, string> =>
  Object.fromEntries(colors.map((color, i) => [`rnnTagger-label${i + 1}Foreground`, color]));

const darkModern: Theme = {
  name: 'dark-modern',
  classes: 'vscode-dark',
  variables: {
    ...font,
    ...labels(['#76b4fd', '#d4f5b4', '#a982ad', '#fbef5a', '#8be4ff', '#6f86ff', '#8dffe5', '#ada598']),
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    errorForeground: '#f85149',
    focusBorder: '#0078d4',
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    'editorWidget-background': '#202020',
    'editorWidget-border': '#454545',
    'widget-border': '#313131',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-border': 'rgba(255, 255, 255, 0.07)',
    'button-hoverBackground': '#026ec1',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryHoverBackground': '#3c3c3c',
    'progressBar-background': '#0078d4',
    'list-hoverBackground': '#2a2d2e',
    'textLink-foreground': '#4daafc',
    'charts-blue': '#3794ff',
    'charts-yellow': '#cca700',
    'charts-green': '#89d185',
  },
};

const lightModern: Theme = {
  name: 'light-modern',
  classes: 'vscode-light',
  variables: {
    ...font,
    ...labels(['#5586ff', '#00a859', '#552f71', '#384518', '#069eca', '#1235a6', '#07a497', '#463e45']),
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    errorForeground: '#f85149',
    focusBorder: '#005fb8',
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    'editorWidget-background': '#f8f8f8',
    'editorWidget-border': '#c8c8c8',
    'widget-border': '#e5e5e5',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-border': 'rgba(0, 0, 0, 0.1)',
    'button-hoverBackground': '#0258a8',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'button-secondaryHoverBackground': '#cccccc',
    'progressBar-background': '#005fb8',
    'list-hoverBackground': '#f2f2f2',
    'textLink-foreground': '#005fb8',
    'charts-blue': '#1a85ff',
    'charts-yellow': '#bf8803',
    'charts-green': '#388a34',
  },
};

/** High contrast has no background for buttons: the variables are missing, not empty. */
const highContrast: Theme = {
  name: 'high-contrast',
  classes: 'vscode-high-contrast',
  variables: {
    ...font,
    ...labels(['#81bbfd', '#ddfeb8', '#aa8bb9', '#9e9b01', '#92ebff', '#858bff', '#96ffe0', '#a59291']),
    foreground: '#ffffff',
    descriptionForeground: 'rgba(255, 255, 255, 0.7)',
    errorForeground: '#f48771',
    focusBorder: '#f38518',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    'editorWidget-background': '#0c141f',
    'editorWidget-border': '#6fc3df',
    'widget-border': '#6fc3df',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'button-secondaryForeground': '#ffffff',
    'progressBar-background': '#6fc3df',
    'list-hoverBackground': 'rgba(255, 255, 255, 0.1)',
    'textLink-foreground': '#21a6ff',
    'charts-blue': '#3794ff',
    'charts-yellow': '#ffd370',
    'charts-green': '#89d185',
  },
};

const highContrastLight: Theme = {
  name: 'high-contrast-light',
  classes: 'vscode-high-contrast-light vscode-high-contrast',
  variables: {
    ...font,
    ...labels(['#0272e9', '#09381a', '#412062', '#6e7a4a', '#037fa3', '#02218f', '#148377', '#2b323d']),
    foreground: '#292929',
    descriptionForeground: 'rgba(41, 41, 41, 0.7)',
    errorForeground: '#b5200d',
    focusBorder: '#006bbd',
    contrastBorder: '#0f4a85',
    contrastActiveBorder: '#006bbd',
    'editor-background': '#ffffff',
    'editor-foreground': '#292929',
    'editorWidget-background': '#ffffff',
    'editorWidget-border': '#0f4a85',
    'widget-border': '#0f4a85',
    'button-background': '#0f4a85',
    'button-foreground': '#ffffff',
    'button-border': '#0f4a85',
    'button-hoverBackground': '#0f4a85',
    'button-secondaryBackground': '#ffffff',
    'button-secondaryForeground': '#292929',
    'progressBar-background': '#0f4a85',
    'list-hoverBackground': 'rgba(15, 74, 133, 0.1)',
    'textLink-foreground': '#0f4a85',
    'charts-blue': '#1a85ff',
    'charts-yellow': '#895503',
    'charts-green': '#374e06',
  },
};

export const themes = { darkModern, lightModern, highContrast, highContrastLight };
