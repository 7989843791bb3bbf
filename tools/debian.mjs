// Debian packages that the tests need.
import { existsSync } from 'node:fs';
import { onPath, runQuietly } from './children.mjs';

const canInstall = () =>
  process.platform === 'linux' &&
  existsSync('/etc/debian_version') &&
  onPath('apt-get') !== undefined &&
  process.getuid() === 0;

/**
 * Installs the packages that `missing()` names, where this process may: as root on Debian. @returns whether
 * nothing is missing now.
 */
export async function installPackages(missing) {
  const names = missing();
  if (names.length === 0) return true;
  if (!canInstall()) return false;
  console.log(`Installing ${names.join(', ')}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update'], { env });
  await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...names], { env });
  return missing().length === 0;
}
