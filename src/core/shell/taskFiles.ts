// Looks into the tasks that the line runs: scripts of package.json and its like, targets of make, recipes of just, tasks of mise.
// Invariant: the call of the runner stays opaque; what is read only adds to what is known of it.
import { directoryOf, resolvePath } from './cwd.ts';
import { readerOf } from './shebang.ts';
import { fixedSource } from './source.ts';
import { type ShellState, textOf } from './state.ts';
import { parseJson, parseToml } from './tasks/documents.ts';
import { justTexts } from './tasks/justfile.ts';
import { makeTexts } from './tasks/makeTargets.ts';
import { miseTask } from './tasks/miseTasks.ts';
import {
  composerScript,
  denoTask,
  devboxScript,
  matchingScripts,
  packageScript,
} from './tasks/packageScripts.ts';
import { taskfileTexts } from './tasks/taskfile.ts';
import { tomlScript } from './tasks/tomlScripts.ts';
import type { TaskText, TaskVariables } from './tasks/types.ts';
import type { Cwd, Word } from './types.ts';
import { type TaskPart, UNKNOWN_TEXT } from './unwrap/types.ts';
import type { Draft, Frame, Walk } from './walk.ts';

const MAX_BYTES = 262_144;
/** Folders that are looked at on the way up to the one with the file. */
const MAX_LEVELS = 20;
/** YAML takes a hundred times as long to read as the rest. */
const MAX_YAML = 16_384;
/** Runners with several files in one folder: the task may stand in any of them. */
const HAS_SEVERAL_FILES: ReadonlySet<TaskPart['runner']> = new Set([
  'mise',
  'poe',
  'pixi',
  'hatch',
  'cargo',
]);
/** Those that also take what stands in folders above. */
const SEARCHES_UP: ReadonlySet<TaskPart['runner']> = new Set(['mise', 'cargo']);

const FILE_NAMES: Readonly<Record<TaskPart['runner'], readonly string[]>> = {
  npm: ['package.json'],
  make: ['GNUmakefile', 'makefile', 'Makefile'],
  just: ['justfile', 'Justfile', '.justfile'],
  scripts: ['package.json'],
  composer: ['composer.json'],
  task: [
    'Taskfile.yml',
    'taskfile.yml',
    'Taskfile.yaml',
    'taskfile.yaml',
    'Taskfile.dist.yml',
    'taskfile.dist.yml',
    'Taskfile.dist.yaml',
    'taskfile.dist.yaml',
  ],
  devbox: ['devbox.json'],
  pipenv: ['Pipfile'],
  pdm: ['pyproject.toml'],
  poe: ['pyproject.toml', 'poe_tasks.toml'],
  rye: ['pyproject.toml'],
  pixi: ['pixi.toml', 'pyproject.toml'],
  hatch: ['hatch.toml', 'pyproject.toml'],
  cargo: ['.cargo/config.toml', '.cargo/config'],
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
  path: string;
  text: string;
  directory: string;
}

/** Walks the commands of a task; false where no file says what they are. */
export function readTaskPart(
  walk: Walk,
  draft: Draft,
  part: TaskPart,
  state: ShellState,
  frame: Frame,
): boolean {
  if (!part.otherwise) {
    draft.isTransparentWrapper = false;
  }
  const own = part.file?.value?.split('/').pop();
  walk.tasks.push({ draft, files: own === undefined ? FILE_NAMES[part.runner] : [own] });
  const names = part.names.flatMap((word) => (word.value === undefined ? [] : [word.value]));
  if (names.length < part.names.length || frame.place.kind !== 'local') {
    return false;
  }
  for (const file of taskFiles(walk, part, state.cwd)) {
    const texts = textsOf(walk, part, file, names, draft, state);
    if (texts) {
      draft.isTransparentWrapper = false;
      const cwd: Cwd = { kind: 'known', path: file.directory };
      runTexts(walk, part, texts, { ...state, cwd }, frame);
      return true;
    }
  }
  return false;
}

function runTexts(
  walk: Walk,
  part: TaskPart,
  texts: readonly TaskText[],
  state: ShellState,
  frame: Frame,
): void {
  for (const { text, dialect, positional } of texts) {
    const reader = text.startsWith('#!') ? readerOf(text) : { kind: 'shell' as const, dialect };
    if (reader?.kind === 'shell') {
      const source = fixedSource(text, part.step.span);
      const entry = positional.map((value) => [{ kind: 'literal' as const, value, quoted: true }]);
      const inner = { ...frame, dialect: reader.dialect, isInTask: true };
      walk.runSource(source, { ...state, positional: entry }, inner);
    }
  }
}

function textsOf(
  walk: Walk,
  part: TaskPart,
  file: TaskFile,
  names: readonly string[],
  draft: Draft,
  state: ShellState,
): readonly TaskText[] | undefined {
  const environment = (name: string): string | undefined => {
    const own = draft.assignments.find((assignment) => assignment.name === name);
    return own ? (own.value?.value ?? UNKNOWN_TEXT) : textOf(state, name);
  };
  const outside: TaskVariables = { given: part.variables, environment };
  const document = () => walk.parseOnce(file.path, () => parsed(walk, part.runner, file));
  const name = names[0] ?? '';
  const words = part.arguments.map(quoted);
  switch (part.runner) {
    case 'npm':
      return packageScript(document(), name, words);
    case 'scripts':
      return matchingScripts(document(), name, words);
    case 'composer':
      return composerScript(document(), name, words);
    case 'deno':
      return denoTask(document(), name, words);
    case 'devbox':
      return devboxScript(
        document(),
        name,
        part.arguments.map((word) => word.value ?? ''),
      );
    case 'mise':
      return miseTask(document(), name, words);
    case 'task':
      return taskfileTexts(document(), names, part.variables, words);
    case 'make':
      return makeTexts(file.text, names, outside);
    case 'just':
      return justTexts(file.text, names, outside);
    default:
      return tomlScript(part.runner, document(), name, words);
  }
}

/** What stands in a file of tasks; undefined where it is not well-formed, or would take too long. */
function parsed(walk: Walk, runner: TaskPart['runner'], { path, text }: TaskFile): unknown {
  if (runner === 'task') {
    return text.length > MAX_YAML ? undefined : walk.context.files?.parseYaml?.(text);
  }
  return /\.jsonc?$/.test(path) ? parseJson(text) : parseToml(text);
}

function quoted({ value }: Word): string {
  return value === undefined ? `"${UNKNOWN_TEXT}"` : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The files that may define the task, the nearest first. make looks in one folder, the others also in those above. */
function* taskFiles(walk: Walk, part: TaskPart, cwd: Cwd): Generator<TaskFile> {
  if (part.file) {
    const place = directoryOf(cwd, part.file);
    const file = place.kind === 'known' ? readAt(walk, place.path, cwd) : undefined;
    if (file) yield file;
    return;
  }
  let folder = cwd;
  for (let level = 0; level < (part.runner === 'make' ? 1 : MAX_LEVELS); level++) {
    let isFound = false;
    for (const name of FILE_NAMES[part.runner]) {
      const place = resolvePath(folder, name);
      const file = place.kind === 'known' ? readAt(walk, place.path, folder) : undefined;
      if (!file) continue;
      isFound = true;
      yield file;
      if (!HAS_SEVERAL_FILES.has(part.runner)) return;
    }
    if (isFound && !SEARCHES_UP.has(part.runner)) return;
    if (folder.kind === 'unknown' || folder.path === '/') return;
    folder = resolvePath(folder, '..');
  }
}

function readAt(walk: Walk, path: string, folder: Cwd): TaskFile | undefined {
  const text = folder.kind === 'known' ? walk.readFile(path, MAX_BYTES) : undefined;
  return text === undefined || folder.kind === 'unknown'
    ? undefined
    : { path, text, directory: folder.path };
}
