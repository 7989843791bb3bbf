/** The version to release. `wanted`: `major`, `minor`, `patch`, or a version. */
export function nextVersion(current: string, wanted: string): string;
/** What the section `Unreleased` of the changelog says. */
export function unreleased(changelog: string): string;
/** The changelog with what was unreleased under the version and its date. */
export function releasedChangelog(changelog: string, version: string, date: string): string;
/** The text of package.json or package-lock.json with the project's version changed. */
export function withVersion(json: string, current: string, version: string): string;
