// Makes the folders that hold records: only for their owner, and really where their path says.
// Invariant: no symbolic link is followed below the given root; what stands there and is not a plain folder is an error.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readPlainFile } from './plainFile.ts';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const IGNORE_ALL = '*\n';

/** Makes `names` below `root` one by one and returns the path of the last. Throws where one of them is a link or a file. `root` itself may be reached through links. */
export function makePrivateFolder(root: string, names: readonly string[]): string {
  let folder = fs.realpathSync(root);
  for (const name of names) {
    if (name === '' || name === '.' || name === '..' || /[/\\]/.test(name)) {
      throw new Error(`"${name}" cannot be the name of a folder for records.`);
    }
    folder = path.join(folder, name);
    makeOne(folder);
  }
  if (fs.realpathSync(folder) !== folder) {
    throw new Error(`${folder} is reached through a symbolic link.`);
  }
  return folder;
}

/** Makes sure that version control ignores everything in the folder. */
export function ignoreFolder(folder: string): void {
  const file = path.join(folder, '.gitignore');
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (stat && !stat.isFile()) throw new Error(`${file} is not a plain file.`);
  if (stat?.nlink === 1 && stat.size === 2 && isIgnoring(file)) return;
  // Taken away, not written over: another name of the same file may be somebody's work.
  fs.rmSync(file, { force: true });
  try {
    const handle = createPrivateFile(file);
    try {
      fs.writeSync(handle, IGNORE_ALL);
    } finally {
      fs.closeSync(handle);
    }
  } catch (error) {
    // Another window was first.
    if (!isAlreadyThere(error)) throw error;
  }
}

function isIgnoring(file: string): boolean {
  return readPlainFile(file, IGNORE_ALL.length).toString('latin1') === IGNORE_ALL;
}

/** Opens a new file for adding lines. Throws where anything stands there already. */
export function createPrivateFile(file: string): number {
  const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW = 0 } = fs.constants;
  return fs.openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW, FILE_MODE);
}

/** Puts the names of a folder's new entries on disk, where the system can do that. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') {
    return;
  }
  const handle = fs.openSync(folder, fs.constants.O_RDONLY);
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function makeOne(folder: string): void {
  try {
    fs.mkdirSync(folder, { mode: FOLDER_MODE });
  } catch (error) {
    if (!isAlreadyThere(error)) {
      throw error;
    }
    checkOne(folder);
  }
}

function checkOne(folder: string): void {
  const stat = fs.lstatSync(folder);
  if (!stat.isDirectory()) {
    throw new Error(
      `${folder} is not a folder${stat.isSymbolicLink() ? ' but a symbolic link' : ''}.`,
    );
  }
  const owner = process.getuid?.();
  if (owner !== undefined && stat.uid !== owner) {
    throw new Error(`${folder} belongs to another user.`);
  }
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    fs.chmodSync(folder, FOLDER_MODE);
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
