// Where does a path lie? By text and by the real paths that were looked up; nothing is read here.
// Invariant: what cannot be told is `unknown`, and `unknown` is never treated as safe.
import * as posix from 'node:path/posix';
import { minimatch } from 'minimatch';
import type { Cwd, Word } from '../shell/types.ts';
import { sinks, systemRoots, temporaryRoots } from './places.ts';
import { placeTests, splitPath } from './placeTests.ts';
import type { Call, EffectContext, PathPlace, Target } from './types.ts';

/** The target that a word names as a path, seen from the working directory. */
export function classifyPath(word: Word, cwd: Cwd, context: EffectContext): Target {
  const isGlob = word.isGlob;
  if (word.value === undefined) {
    return { kind: 'path', name: word.text, place: placeOfDynamic(word, cwd, context), isGlob };
  }
  const path = absolutePath(word.value, cwd);
  if (path === undefined)
    return { kind: 'path', name: word.value, place: placeByName(word.value, context), isGlob };
  return { kind: 'path', name: word.value, place: classifyAbsolute(path, context), path, isGlob };
}

/** What a path is by its last parts alone, where the folder that it is seen from is not known: `.env` is a secret anywhere. */
function placeByName(value: string, context: EffectContext): PathPlace {
  if (value.startsWith('~') || value.length > MAX_PATH) return 'unknown';
  const place = placeOf(posix.normalize(`/unknown/folder/${value}`), context);
  return place === 'secret' || place === 'startup' || place === 'gate' ? place : 'unknown';
}

/** A path operand; on another machine or in a container the places of this machine say nothing. */
export function pathTarget(word: Word, call: Call, context: EffectContext): Target {
  const { place } = call.invocation;
  if (place.kind === 'local') return classifyPath(word, call.cwd, context);
  const name = word.value ?? word.text;
  const isWhole = /^(\/|~|\/\*|\/[a-z]+)\/?$/.test(word.value ?? '');
  // What a secret is called is the same everywhere: keys, `.env`, /run/secrets.
  const isSecret = word.value !== undefined && placeByName(word.value, context) === 'secret';
  const there = isSecret || isSecretAt(word.value, context) ? 'secret' : 'unknown';
  return { kind: 'path', name, place: isWhole ? 'root' : there, isGlob: word.isGlob };
}

function isSecretAt(value: string | undefined, context: EffectContext): boolean {
  return value?.startsWith('/') === true && placeOf(posix.normalize(value), context) === 'secret';
}

/** Absolute, normalised form of a constant path; undefined where the working directory is not known. */
export function absolutePath(value: string, cwd: Cwd): string | undefined {
  if (value.startsWith('/')) return posix.normalize(value);
  // `~user` is another person's home; nothing here can tell where that is.
  if (value.startsWith('~')) return undefined;
  if (cwd.kind === 'unknown') return undefined;
  return posix.normalize(posix.join(cwd.path, value));
}

/** No system opens a longer path. */
const MAX_PATH = 4_096;

/** Where an absolute path lies; the real path decides where it was looked up, the strictest of both where they differ. */
export function classifyAbsolute(path: string, context: EffectContext): PathPlace {
  if (path.length > MAX_PATH) return 'unknown';
  const byText = placeOf(path, context);
  const real = context.realPaths?.[path];
  if (real === null) return 'unknown';
  if (real === undefined || real === path) return byText;
  const byReal = placeOf(real, context);
  return strictness(byReal) >= strictness(byText) ? byReal : byText;
}

const ORDER: readonly PathPlace[] = [
  'sink',
  'disposable',
  'temporary',
  'workspace',
  'outside',
  'unknown',
  'workspace-root',
  'protected',
  'secret',
  'startup',
  'system',
  'home',
  'device',
  'root',
  'gate',
];

function strictness(place: PathPlace): number {
  return ORDER.indexOf(place);
}

function placeOf(given: string, context: EffectContext): PathPlace {
  const fold = (text: string) => (context.isCaseInsensitiveDisk ? text.toLowerCase() : text);
  const path = fold(given.length > 1 ? given.replace(/\/+$/, '') : given);
  const base = withoutGlobTail(path);
  if (sinks.test(path)) return 'sink';
  if (/^\/dev\/./.test(path) && !temporaryRoots.test(path)) return 'device';
  if (context.gatePaths.some((gate) => isInside(path, fold(gate)))) return 'gate';
  const roots = workspaceRootsOf(context).map(fold);
  const home = context.shell.home === undefined ? undefined : fold(context.shell.home);
  const topPlace = placeOfWhole(path, base, roots, home);
  if (topPlace !== undefined) return topPlace;
  const matchesAny = (patterns: readonly string[]) =>
    patterns.some((pattern) => matchesPath(path, pattern, roots, context));
  if (matchesAny(context.protectedPaths)) return 'protected';
  if (matchesAny(context.disposablePaths)) return 'disposable';
  const root = innermost(roots.filter((entry) => isInside(path, entry)));
  const whole = splitPath(path);
  const isAtHome = home !== undefined && path.startsWith(`${home}/`);
  const atHome = isAtHome ? splitPath(path.slice(home.length)) : undefined;
  for (const { place, matches } of placeTests) {
    // Folders called `build` are only throw-away inside the workspace: /opt/build is somebody's.
    // The folders above the workspace say nothing: a project may itself lie in one called `build`.
    if (place === 'disposable' && root === undefined) continue;
    const seen = place === 'disposable' ? splitPath(path.slice(root?.length)) : whole;
    if (matches(seen, atHome, context.isCaseInsensitiveDisk)) return place;
  }
  if (root !== undefined) return 'workspace';
  if (temporaryRoots.test(path)) return 'temporary';
  return systemRoots.test(path) ? 'system' : 'outside';
}

/** `/`, a direct child of it, home or a parent of it, the workspace or a parent of it, and `…/*` of each. */
function placeOfWhole(
  path: string,
  base: string,
  roots: readonly string[],
  home: string | undefined,
): PathPlace | undefined {
  if (base === '/' || isTopLevel(base, path)) return 'root';
  if (home !== undefined && isInside(home, base)) return 'home';
  if (roots.some((root) => isInside(root, base) || path === `${root}/.git`))
    return 'workspace-root';
  return undefined;
}

function isTopLevel(base: string, path: string): boolean {
  if (!/^\/[^/]+$/.test(base)) return false;
  // A file right below / that is no system folder (`/testbed`) may be the workspace itself or a mount.
  return (
    systemRoots.test(base) || base === '/home' || base === '/Users' || /^\/[^/]*[*?[]/.test(path)
  );
}

/** `/a/b/*` and `/a/b/.*` mean all of `/a/b`. */
function withoutGlobTail(path: string): string {
  let cut = path;
  for (let at = cut.lastIndexOf('/'); at >= 0; at = cut.lastIndexOf('/')) {
    if (!/^(\.?\*+|\.\[!\.\]\*|\{.*\*.*\})$/.test(cut.slice(at + 1))) break;
    cut = cut.slice(0, at);
  }
  return cut === '' ? '/' : cut;
}

function workspaceRootsOf(context: EffectContext): readonly string[] {
  return openRoots(context).filter((root) => !SHARED_ROOT.test(root));
}

/** Nobody's project: a folder that all programs or all users share is no workspace, even where a shell stands in it. */
const SHARED_ROOT =
  /^(\/|\/tmp|\/var\/tmp|\/private\/tmp|\/var|\/etc|\/usr|\/home|\/Users|\/dev\/shm)\/?$/;

function openRoots(context: EffectContext): readonly string[] {
  if (context.workspaceRoots.length > 0) return context.workspaceRoots;
  return context.shell.cwd === undefined ? [] : [context.shell.cwd];
}

const innermost = (roots: readonly string[]) =>
  [...roots].sort((left, right) => right.length - left.length)[0];

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function matchesPath(
  path: string,
  pattern: string,
  roots: readonly string[],
  context: EffectContext,
): boolean {
  const options = { dot: true, nocase: context.isCaseInsensitiveDisk };
  const expanded = pattern.startsWith('~/')
    ? `${context.shell.home ?? '/~'}${pattern.slice(1)}`
    : pattern;
  if (expanded.startsWith('/') || expanded.startsWith('**')) {
    return minimatch(path, expanded, options);
  }
  return roots.some((root) => minimatch(path, `${root}/${expanded}`, options));
}

/** A path with a part that is not constant: told by its constant start only where `..` cannot lead out. */
function placeOfDynamic(word: Word, cwd: Cwd, context: EffectContext): PathPlace {
  if (startsInTemporary(word)) return 'temporary';
  if (isEnvironmentOfProcess(word)) return 'secret';
  const first = word.parts[0];
  if (first?.kind !== 'literal' || !first.value.includes('/')) return 'unknown';
  const folder = first.value.slice(0, first.value.lastIndexOf('/') + 1);
  const start = absolutePath(`${folder}x`, cwd);
  if (start === undefined) return 'unknown';
  const place = classifyAbsolute(start, context);
  // The rest could be empty or climb: only the strict places are kept, the others are not sure.
  return strictness(place) > strictness('unknown') ? place : 'unknown';
}

/** `/proc/$PID/environ`: the variables of a process, whichever it is. */
const isEnvironmentOfProcess = ({ parts }: Word) => {
  const [first, last] = [parts[0], parts.at(-1)];
  return (
    first?.kind === 'literal' &&
    first.value === '/proc/' &&
    last?.kind === 'literal' &&
    last.value === '/environ'
  );
};

/** `$TMPDIR/name`: the one variable whose value is a throw-away folder by convention. The name has to be constant. */
export function startsInTemporary(word: Word): boolean {
  const [first, second, ...rest] = word.parts;
  if (first?.kind !== 'variable' || !/^(TMPDIR|TMP|TEMP|RUNNER_TEMP)$/.test(first.name))
    return false;
  const isPlain = second?.kind === 'literal' && /^\/[\w@][\w@.+-]*/.test(second.value);
  return isPlain && ![second, ...rest].some((part) => 'value' in part && part.value.includes('..'));
}
