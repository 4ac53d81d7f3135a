// Finds the calls of a line that are no programs of the system but files which an agent may have written.
// Invariant: it looks along the PATH that the command will get, with what the line itself puts before it; what it finds is
// looked up again right before the start. Nothing is kept from one line to the next.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isPathToForeignCode } from '../../core/effects/foreignCode.ts';
import { isProjectTool, isToolPath, STARTED_BY_OTHERS } from '../../core/effects/ownPrograms.ts';
import { temporaryRoots } from '../../core/effects/places.ts';
import type { OwnFolders } from '../../core/effects/types.ts';
import { programKey } from '../../core/shell/ownFiles.ts';
import type { Invocation, OwnFile, ShellAnalysis, Word } from '../../core/shell/types.ts';

const EXECUTABLE = 0o111;
const MOST_NAMES = 1_000;
const OF_PROJECT = /^(?!\.\.)(.*\/)?(node_modules\/\.bin|\.?venv\/bin)(\/|$)/;

export class OwnPrograms {
  /** What stands behind each name or path that was looked up; undefined: the system's program, or nothing. */
  private readonly known = new Map<string, OwnFile | undefined>();
  /** What was handed out last, and for which folders. */
  private last = '';

  /** `folders`: of PATH, in order. `roots`: the workspace, by every name. */
  constructor(
    private folders: readonly string[],
    private readonly roots: readonly string[],
    private readonly home: string,
  ) {}

  /** All that are known after the calls of a reading were looked up; undefined where no new one was found. */
  lookUp({ invocations }: ShellAnalysis): Readonly<Record<string, OwnFile>> | undefined {
    const before = this.folders;
    this.addFolders(invocations);
    for (const { argv, cwd, place } of invocations) {
      const word = argv[0];
      if (word?.value === undefined || place.kind !== 'local') continue;
      if (isPathToForeignCode(word)) continue;
      const key = programKey(word.value, cwd, false);
      if (key === undefined || this.known.has(key) || this.known.size >= MOST_NAMES) continue;
      this.known.set(key, this.fileOf(key));
    }
    const found = this.found();
    const text = JSON.stringify([this.folders, found]);
    const isNew = text !== (this.last || JSON.stringify([before, []]));
    this.last = text;
    if (!isNew) return undefined;
    return Object.fromEntries(found);
  }

  /** What was seen of the folders in which an agent may write; undefined where there are none. */
  ownFolders(): OwnFolders | undefined {
    const own = this.folders.filter((folder) => this.isOwnFolder(folder));
    if (own.length === 0) return undefined;
    const paths = [...new Set(own.flatMap((folder) => [folder, realPath(folder) ?? folder]))];
    return { paths, standIns: STARTED_BY_OTHERS.flatMap((name) => this.standIn(name) ?? []) };
  }

  /** A name that leads to another file than when it was looked up; undefined where all are the same. */
  changed(): string | undefined {
    for (const [key, file] of this.known) {
      if (this.fileOf(key)?.path !== file?.path) return key;
    }
    return undefined;
  }

  private found(): [string, OwnFile][] {
    return [...this.known].flatMap(([key, file]) => (file ? [[key, file]] : []));
  }

  /** `PATH=bin:$PATH`, or an `activate` that was read: what the line puts before PATH is looked through first. */
  private addFolders(invocations: readonly Invocation[]): void {
    const added = invocations.flatMap((call) => [
      ...call.assignments
        .filter(({ name }) => name === 'PATH')
        .flatMap(({ value }) => foldersIn(value)),
      ...activated(call),
    ]);
    const fresh = [...new Set(added)].filter((folder) => !this.folders.includes(folder));
    if (fresh.length === 0) return;
    this.folders = [...fresh, ...this.folders];
    this.known.clear();
  }

  private standIn(name: string): readonly string[] | undefined {
    const file = this.fileOf(name);
    return file && !(file.isTool && this.isOfWorkspace(file.path)) ? [file.path] : undefined;
  }

  private fileOf(key: string): OwnFile | undefined {
    if (key.includes('/')) return this.ownFile(key, isToolPath(key) || isProjectTool(baseOf(key)));
    for (const folder of this.folders) {
      for (const name of namesOf(key)) {
        const file = path.join(folder, name);
        if (isProgram(file)) return this.ownFile(file, isProjectTool(key));
      }
    }
    return undefined;
  }

  /** Undefined where a write asks: outside of the workspace and of what is temporary. */
  private ownFile(file: string, isToolName: boolean): OwnFile | undefined {
    const real = realPath(file);
    if (real === undefined) return undefined;
    const isOfWorkspace = this.isOfWorkspace(real);
    if (!isOfWorkspace && !this.isTemporary(real)) return undefined;
    return { path: file, name: this.nameOf(file), isTool: isToolName && isOfWorkspace };
  }

  private nameOf(file: string): string {
    const root = this.roots.find((folder) => isBelow(file, folder));
    return root === undefined ? file : path.relative(root, file);
  }

  private isOwnFolder(folder: string): boolean {
    const real = realPath(folder);
    return real !== undefined && (this.isOfWorkspace(real) || this.isTemporary(real));
  }

  private isOfWorkspace(file: string): boolean {
    return this.roots.some((root) =>
      // Where the workspace holds the whole home, most of what is installed there is the user's.
      isBelow(this.home, root) ? OF_PROJECT.test(path.relative(root, file)) : isBelow(file, root),
    );
  }

  /** Where the home is temporary too, as in a test, that says nothing. */
  private isTemporary(file: string): boolean {
    return temporaryRoots.test(file) && !temporaryRoots.test(this.home);
  }
}

/** The constant folders of a value for PATH. */
function foldersIn(value: Word | undefined): readonly string[] {
  const text = (value?.parts ?? [])
    .map((part) => (part.kind === 'literal' ? part.value : '\0'))
    .join('');
  return text.split(path.delimiter).filter((folder) => /^\/[^\0]*$/.test(folder));
}

/** `source .venv/bin/activate` puts the folder of that file before the others, in whatever words. */
function activated({ program, argv, cwd }: Invocation): readonly string[] {
  const file = argv[1]?.value;
  if (!/^(source|\.)$/.test(program ?? '') || !file?.includes('/activate')) return [];
  const folder = cwd.kind === 'known' ? cwd.path : '/';
  return [path.dirname(path.resolve(folder, file))];
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Windows finds `ls.exe` and `ls.cmd` where `ls` is said. */
function namesOf(name: string): readonly string[] {
  if (process.platform !== 'win32') return [name];
  return [name, ...['.com', '.exe', '.bat', '.cmd'].map((ending) => name + ending)];
}

function isProgram(file: string): boolean {
  try {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile()) return false;
    return process.platform === 'win32' || (stat.mode & EXECUTABLE) !== 0;
  } catch {
    // Not for us to see: the next folder is asked.
    return false;
  }
}

function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch {
    // Nothing stands there.
    return undefined;
  }
}

function isBelow(file: string, root: string): boolean {
  const way = path.relative(root, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
