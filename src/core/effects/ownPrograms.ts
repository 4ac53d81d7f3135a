// Names that stand for files which an agent may have written: `ls` where a folder of the workspace in PATH holds one.
// Invariant: what a name promises is not proved of such a file. Tools that projects install count as the workspace's own
// code, as its tests do; a file that stands in for a program of the system counts as a script that is run.
import type { Invocation, OwnFile, Word } from '../shell/types.ts';
import { shellDialect } from '../shell/unwrap/shells.ts';
import { families, rulesFor } from './registry.ts';
import { classifyAbsolute } from './targets.ts';
import type { Effect, EffectContext, OwnFolders, Verb } from './types.ts';
import { needsNoVariables } from './variableNames.ts';
import { words } from './words.ts';

const namesOf = (...names: readonly string[]) =>
  new Set(
    families
      .filter(({ name }) => names.includes(name))
      .flatMap(({ rules }) => rules.flatMap(({ programs }) => programs)),
  );

/** What package managers put into a project, by the families that describe it. */
const INSTALLED = namesOf('packages', 'builds', 'databases', 'terraform', 'cloud', 'kubernetes');
const INTERPRETERS = namesOf('interpreters');
const OF_SYSTEM = namesOf(
  ...words('files git reads shell containers system disks network secrets windows gate'),
);
/** Tools on files that npm installs under these names. */
const FILE_TOOLS = new Set(words('rimraf del-cli trash'));

/** True for the name of a tool that projects install for themselves: pytest, eslint, tsc, pip, python. */
export function isProjectTool(name: string): boolean {
  if (shellDialect(name) !== undefined) return false;
  if (INTERPRETERS.has(name) || FILE_TOOLS.has(name)) return true;
  return INSTALLED.has(name) && !OF_SYSTEM.has(name);
}

/** Programs that others start by their name, so that a file of that name runs inside them. */
export const STARTED_BY_OTHERS: readonly string[] = words(`
  sh bash dash zsh env ssh gpg gzip gunzip bzip2 xz zstd less more cat sed awk grep diff find xargs tar git node perl
  python python3 ruby php rm mv cp ln chmod mkdir uname dirname basename readlink realpath expr tr cut head
`);

const INSTALLED_IN = /(^|\/)(node_modules\/\.bin|\.?venv\/bin|env\/bin|vendor\/bin)\/[^/]+$/;
const PROJECT_SCRIPT = /^(\.\/)?(gradlew|mvnw|bin\/(rails|rake|rspec|rubocop))$/;

/** True for a path that names a tool where projects install them. */
export function isToolPath(path: string): boolean {
  const isThere = INSTALLED_IN.test(path) || PROJECT_SCRIPT.test(path);
  return isThere && isProjectTool(path.slice(path.lastIndexOf('/') + 1));
}

/** The file that runs: as it was looked up, or where nobody looked, by its path. The interpreters are links out of there. */
export function ownFileOf(
  { ownFile, argv, cwd, program }: Invocation,
  { shell }: EffectContext,
): OwnFile | undefined {
  const path = argv[0]?.value;
  const isSeen = shell.programFiles !== undefined && cwd.kind === 'known';
  if (ownFile || isSeen || path === undefined || INTERPRETERS.has(program ?? '')) return ownFile;
  return isToolPath(path) ? { path, name: path, isTool: true } : undefined;
}

/** The effect of a call whose program is such a file. */
export function ownProgram(invocation: Invocation, file: OwnFile, context: EffectContext): Effect {
  const { program = '', span, id } = invocation;
  const place = file.path.startsWith('/') ? classifyAbsolute(file.path, context) : 'workspace';
  const path = file.path.startsWith('/') ? file.path : undefined;
  const common = {
    verb: 'execute-code',
    target: { kind: 'path', name: file.name, place, ...(path !== undefined && { path }) },
    invocation: id,
    span,
  } as const;
  if (file.isTool)
    return {
      ...common,
      rule: 'code/workspace-tool',
      category: 'config-change',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      reason: `It runs ${file.name}, a tool of the workspace and so its own code.`,
      recovery: 'Version control brings the files of the workspace back.',
    };
  return {
    ...common,
    rule: 'code/stand-in',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    reason:
      rulesFor(program).length > 0
        ? `\`${program}\` is here the file ${file.name}, not the system's program; it may do anything.`
        : `It runs ${file.name}, which is no program of the system and may do anything.`,
    recovery: 'Depends on what the file does.',
    alternative: `Read ${file.name} first, or delete it if nobody needs it.`,
  };
}

/** What a program of the system may start instead of what it means to: `git fetch` where `.venv/bin/ssh` comes first. */
export function standInEffects(
  { program, id, span, place, isTransparentWrapper, ownFile, argv }: Invocation,
  { ownFolders }: EffectContext,
): Effect[] {
  const [file, ...others] = ownFolders?.standIns ?? [];
  if (file === undefined || argv.length === 0 || place.kind !== 'local') return [];
  if (isTransparentWrapper || ownFile || program === undefined || startsNothing(program)) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    {
      rule: 'code/stand-in-inside',
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: { kind: 'path', name: file, path: file },
      invocation: id,
      span,
      reason: `Where ${program} starts other programs, ${file}${more} may run in their place.`,
      recovery: 'Depends on what the file does.',
      alternative: `Read ${file} first, or delete it if nobody needs it.`,
    },
  ];
}

function startsNothing(program: string): boolean {
  return needsNoVariables(program) || /^(cd|pushd|popd|test|\[|set|read|type|hash)$/.test(program);
}

const WRITES: ReadonlySet<Verb> = new Set<Verb>(['create', 'modify', 'overwrite', 'change-config']);

/** One more effect for each file that is put where programs are looked for by their names. */
export function plantEffects(effects: readonly Effect[], context: EffectContext): Effect[] {
  const { ownFolders, realPaths } = context;
  if (!ownFolders) return [];
  return effects.flatMap((effect) => {
    const { path } = effect.target;
    if (path === undefined || !WRITES.has(effect.verb) || effect.severity === 'none') return [];
    const isThere = [path, realPaths?.[path] ?? path].some((file) =>
      isWhereProgramsAre(file, ownFolders),
    );
    return isThere ? [plant(effect)] : [];
  });
}

/** In such a folder, or the folder itself, or what holds it in the project: `.venv`. */
export function isWhereProgramsAre(path: string, { paths }: OwnFolders): boolean {
  const folder = path.slice(0, path.lastIndexOf('/'));
  return paths.some(
    (own) => own === path || own === folder || own.slice(0, own.lastIndexOf('/')) === path,
  );
}

function plant({ target, invocation, span }: Effect): Effect {
  return {
    rule: 'code/plant-program',
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'machine',
    target: { kind: 'program', name: target.name },
    invocation,
    span,
    reason: `What stands at ${target.name} runs whenever a later command uses its name.`,
    recovery: 'Delete the file again.',
  };
}

/** The word without what keeps an alias from counting. */
export function programPath(word: Word | undefined): string | undefined {
  return word?.value?.replace(/^\\/, '');
}
