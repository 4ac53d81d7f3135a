// Programs that the tests need and that a Debian machine can get by itself.
import { existsSync } from 'node:fs';
import { hasProgram, run, say } from './say.mjs';

/**
 * Installs Debian packages where that is possible; otherwise throws with what to do.
 * @param {readonly string[]} packages
 * @param {string} purpose
 */
export async function installPackages(packages, purpose) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !hasProgram('apt-get')) {
    throw new Error(
      `${purpose} is missing. Install it first: apt-get install ${packages.join(' ')}`,
    );
  }
  say(`installing ${packages.join(', ')} with apt-get (${purpose}) …`);
  const patient = ['-o', 'DPkg::Lock::Timeout=600', '-qq'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', [...patient, 'update'], { env });
  const words = [...patient, 'install', '-y', '--no-install-recommends', ...packages];
  await run('apt-get', words, { env });
}

/** What npm needs to build native code. */
export async function ensureCompiler() {
  if (['python3', 'make', 'g++'].every(hasProgram)) return;
  await installPackages(['python3', 'make', 'g++'], 'A compiler for native modules');
}

/** The history of the sample workspace is real. */
export async function ensureGit() {
  if (!hasProgram('git')) await installPackages(['git'], 'git');
}

/** Facts are held against the real programs. Where they cannot be had, those tests say so. */
export async function ensureFactTools() {
  const missing = ['sqlite3', 'rsync', 'zip', 'unzip'].filter((program) => !hasProgram(program));
  if (!existsSync('/usr/lib/postgresql')) missing.push('postgresql');
  if (missing.length === 0) return;
  try {
    await installPackages(missing, `${missing.join(', ')}, for the tests of facts,`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
