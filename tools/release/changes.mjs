// What a release changes in the project's files, as functions of their texts.

const numbers = (version) => /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);

/**
 * The version to release.
 * @param wanted `major`, `minor`, `patch`, or a version.
 * @throws when that is no version, or not above the current one.
 */
export function nextVersion(current, wanted) {
  const [major, minor, patch] = numbers(current);
  const steps = {
    major: `${major + 1}.0.0`,
    minor: `${major}.${minor + 1}.0`,
    patch: `${major}.${minor}.${patch + 1}`,
  };
  const version = steps[wanted] ?? wanted;
  const parts = numbers(version);
  if (parts === undefined)
    throw new Error(`${wanted} is no version. Give major, minor, patch, or one such as ${steps.minor}.`);
  const old = [major, minor, patch];
  const first = parts.findIndex((part, i) => part !== old[i]);
  if (first < 0 || parts[first] < old[first]) throw new Error(`${version} is not above ${current}.`);
  return version;
}

const heading = /^## Unreleased[ \t]*\n/m;

/**
 * What the section `Unreleased` of the changelog says.
 * @throws when there is none, or nothing in it.
 */
export function unreleased(changelog) {
  const start = heading.exec(changelog);
  if (start === null) throw new Error('CHANGELOG.md has no section "## Unreleased".');
  const rest = changelog.slice(start.index + start[0].length);
  const end = rest.search(/^## /m);
  const section = (end < 0 ? rest : rest.slice(0, end)).trim();
  if (section === '') throw new Error('CHANGELOG.md says nothing under "## Unreleased".');
  return section;
}

/** The changelog with what was unreleased under the version and its date (YYYY-MM-DD). */
export function releasedChangelog(changelog, version, date) {
  unreleased(changelog);
  return changelog.replace(heading, `## Unreleased\n\n## ${version} (${date})\n`);
}

/**
 * The text of package.json or package-lock.json with the project's version changed, and nothing else: there,
 * its first or first two fields `version`.
 */
export function withVersion(json, current, version) {
  const { packages } = JSON.parse(json);
  let left = packages === undefined ? 1 : 2;
  return json.replaceAll(`"version": "${current}"`, (found) =>
    left-- > 0 ? `"version": "${version}"` : found,
  );
}
