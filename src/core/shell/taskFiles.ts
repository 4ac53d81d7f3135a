// Looks into the tasks that the line runs: scripts of package.json and its like, targets of make, recipes of just, tasks of mise.
// Invariant: the call of the runner stays opaque; what is read only adds to what is known of it.
import { directoryOf, resolvePath } from './cwd.ts';
import { readerOf } from './shebang.ts';
import { fixedSource } from './source.ts';
import { type ShellState, textOf } from './state.ts';
import { justTexts } from './tasks/justfile.ts';
import { makeTexts } from './tasks/makeTargets.ts';
import { miseTask } from './tasks/miseTasks.ts';
import { composerScript, denoTask, packageScript } from './tasks/packageScripts.ts';
import type { TaskText, TaskVariables } from './tasks/types.ts';
import type { Cwd, Word } from './types.ts';
import { type TaskPart, UNKNOWN_TEXT } from './unwrap/types.ts';
import type { Draft, Frame, Walk } from './walk.ts';

const MAX_BYTES = 262_144;
/** Folders that are looked at on the way up to the one with the file. */
const MAX_LEVELS = 20;

const FILE_NAMES: Readonly<Record<TaskPart['runner'], readonly string[]>> = {
  npm: ['package.json'],
  make: ['GNUmakefile', 'makefile', 'Makefile'],
  just: ['justfile', 'Justfile', '.justfile'],
  composer: ['composer.json'],
  deno: ['deno.json', 'deno.jsonc', 'package.json'],
  mise: [
    'mise.local.toml',
    'mise.toml',
    '.mise.toml',
    '.config/mise.toml',
    '.config/mise/config.toml',
  ],
};

interface TaskFile {
  text: string;
  directory: string;
}

/** Walks the commands of a task. */
export function readTaskPart(
  walk: Walk,
  draft: Draft,
  part: TaskPart,
  state: ShellState,
  frame: Frame,
): void {
  draft.isTransparentWrapper = false;
  const own = part.file?.value?.split('/').pop();
  walk.tasks.push({ draft, files: own === undefined ? FILE_NAMES[part.runner] : [own] });
  const file = frame.place.kind === 'local' ? findFile(walk, part, state.cwd) : undefined;
  const names = part.names.flatMap((word) => (word.value === undefined ? [] : [word.value]));
  if (!file || names.length < part.names.length) {
    return;
  }
  const cwd: Cwd = { kind: 'known', path: file.directory };
  for (const { text, dialect, positional } of textsOf(part, file.text, names, draft, state) ?? []) {
    const reader = text.startsWith('#!') ? readerOf(text) : { kind: 'shell' as const, dialect };
    if (reader?.kind === 'shell') {
      const source = fixedSource(text, part.step.span);
      const entry = positional.map((value) => [{ kind: 'literal' as const, value, quoted: true }]);
      const inner = { ...frame, dialect: reader.dialect, isInTask: true };
      walk.runSource(source, { ...state, cwd, positional: entry }, inner);
    }
  }
}

function textsOf(
  part: TaskPart,
  file: string,
  names: readonly string[],
  draft: Draft,
  state: ShellState,
): readonly TaskText[] | undefined {
  const environment = (name: string): string | undefined => {
    const own = draft.assignments.find((assignment) => assignment.name === name);
    return own ? (own.value?.value ?? UNKNOWN_TEXT) : textOf(state, name);
  };
  const outside: TaskVariables = { given: part.variables, environment };
  switch (part.runner) {
    case 'npm':
      return packageScript(file, names[0] ?? '', part.arguments.map(quoted));
    case 'composer':
      return composerScript(file, names[0] ?? '', part.arguments.map(quoted));
    case 'deno':
      return denoTask(file, names[0] ?? '', part.arguments.map(quoted));
    case 'mise':
      return miseTask(file, names[0] ?? '', part.arguments.map(quoted));
    case 'make':
      return makeTexts(file, names, outside);
    case 'just':
      return justTexts(file, names, outside);
  }
}

function quoted({ value }: Word): string {
  return value === undefined ? `"${UNKNOWN_TEXT}"` : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** make looks in one folder, the others also in those above. */
function findFile(walk: Walk, part: TaskPart, cwd: Cwd): TaskFile | undefined {
  if (part.file) {
    const place = directoryOf(cwd, part.file);
    return place.kind === 'known' ? readAt(walk, place.path, cwd) : undefined;
  }
  let folder = cwd;
  for (let level = 0; level < (part.runner === 'make' ? 1 : MAX_LEVELS); level++) {
    for (const name of FILE_NAMES[part.runner]) {
      const place = resolvePath(folder, name);
      const file = place.kind === 'known' ? readAt(walk, place.path, folder) : undefined;
      if (file) {
        return file;
      }
    }
    if (folder.kind === 'unknown' || folder.path === '/') {
      return undefined;
    }
    folder = resolvePath(folder, '..');
  }
  return undefined;
}

function readAt(walk: Walk, path: string, folder: Cwd): TaskFile | undefined {
  const text = folder.kind === 'known' ? walk.readFile(path, MAX_BYTES) : undefined;
  return text === undefined || folder.kind === 'unknown'
    ? undefined
    : { text, directory: folder.path };
}
