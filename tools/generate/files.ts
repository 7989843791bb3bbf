/** Puts what is generated into the files that hold it beside what was written by hand. */
import { settingGroups } from '../../src/model/settings/presentation';
import { manifestSections, manifestStrings, readmeTables } from './settings';
import type { Section } from './settings';

/** Each file's text, from the text that it has. */
export const generators: Readonly<Record<string, (text: string) => string>> = {
  'package.json': withSection,
  'package.nls.json': withStrings,
  'README.md': withTable,
};

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations?: string[] } };
  contributes: { configuration: Section[] };
}

function withSection(text: string): string {
  const manifest = JSON.parse(text) as Manifest;
  const { configuration } = manifest.contributes;
  const isGenerated = ({ title }: Section): boolean =>
    settingGroups.some(({ id }) => title === `%settings.${id}%`);
  const at = configuration.findIndex(isGenerated);
  if (at < 0) throw new Error('package.json has no section of training settings.');
  const after = configuration.slice(at).filter((part) => !isGenerated(part));
  const parts = [...configuration.slice(0, at), ...manifestSections(configuration[at].order), ...after];
  // Sections are shown in the order in which they stand.
  manifest.contributes.configuration = parts.map((part, index) => ({ ...part, order: index + 1 }));
  // A folder that nobody trusts sets nothing: VS Code takes the user's own values there.
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations =
    manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  return written(manifest);
}

/** The strings stand where the first of them stood. */
function withStrings(text: string): string {
  const kept = Object.entries(JSON.parse(text) as Record<string, string>);
  const isGenerated = (key: string): boolean =>
    /^setting\.(device|training)\b/.test(key) || settingGroups.some(({ id }) => key === `settings.${id}`);
  const first = kept.findIndex(([key]) => isGenerated(key));
  if (first < 0) throw new Error('package.nls.json has no strings of training settings.');
  const rest = kept.slice(first).filter(([key]) => !isGenerated(key));
  return written(Object.fromEntries([...kept.slice(0, first), ...manifestStrings(), ...rest]));
}

const begin = '<!-- Written by `npm run generate`, from src/model/settings. -->';
const end = '<!-- End of what is generated. -->';

function withTable(text: string): string {
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error('README.md has no marks around its table of settings.');
  return `${text.slice(0, before)}${begin}\n\n${readmeTables()}\n\n${text.slice(after)}`;
}

function written(json: unknown): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}
