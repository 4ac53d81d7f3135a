// Programs that a git call starts because the repository says so: hooks, a file monitor, filters, pagers.
// Invariant: nothing of it is run; what cannot be looked at is `unknown`, and then the call counts as starting some.
import { createHash } from 'node:crypto';
import { access, constants, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { words } from '../../core/effects/words.ts';
import { OWN_HOOKS, SETS_BRANCHES } from '../../core/risk/repositoryPrograms.ts';
import type { Fact } from '../../core/risk/types.ts';
import { gitFolder } from './gitCall.ts';
import { findGitPlace, type GitPlace } from './gitPlace.ts';
import type { FactSource, FactTools, Subject } from './types.ts';

/** What these print stands in git's own store: no file of the work tree is compared and nothing is recorded. */
const STORED = new Set(
  words(`
  rev-parse rev-list ls-tree cat-file merge-base name-rev for-each-ref show-ref count-objects branch tag remote config
  reflog var version help symbolic-ref check-ignore check-attr show-branch notes bundle ls-remote column stripspace
`),
);
const NETWORK = new Set(words('ls-remote remote fetch pull push clone submodule'));

/** Hooks by what is done; every call that looks at the work tree may write the index, and so start the last one. */
const HOOKS: Readonly<Record<string, readonly string[]>> = {
  commit: words('pre-commit prepare-commit-msg commit-msg post-commit post-rewrite'),
  merge: words('pre-merge-commit prepare-commit-msg commit-msg post-merge'),
  pull: words('pre-merge-commit prepare-commit-msg commit-msg post-merge pre-rebase post-rewrite'),
  rebase: words('pre-rebase pre-commit prepare-commit-msg post-commit post-checkout post-rewrite'),
  'cherry-pick': words('prepare-commit-msg post-commit'),
  revert: words('prepare-commit-msg post-commit'),
  am: words('applypatch-msg pre-applypatch post-applypatch'),
  checkout: ['post-checkout'],
  switch: ['post-checkout'],
  worktree: ['post-checkout'],
  push: ['pre-push'],
  gc: ['pre-auto-gc'],
};
const SKIPPED_BY_NO_VERIFY = new Set(words('pre-commit commit-msg pre-merge-commit pre-push'));

/** Settings that name a program for work on files; the pager of a command counts for that command. */
const OF_FILES =
  /^(core\.fsmonitor|diff\.external|diff\..*\.(command|textconv)|filter\..*\.(clean|smudge|process)|merge\..*\.driver|gpg\.(.*\.)?program|interactive\.difffilter)$/s;
const OF_NETWORK =
  /^(core\.(sshcommand|gitproxy|askpass)|credential\.(.*\.)?helper|remote\..*\.(vcs|uploadpack|receivepack))$/s;
/** Every name of a setting above, of one that leads to other files of settings, or that moves the hooks. */
const HINT =
  /fsmonitor|external|command|textconv|clean|smudge|process|driver|program|difffilter|proxy|askpass|helper|vcs|uploadpack|receivepack|pager|include|hookspath/i;

/** Not programs: switches, and what comes with git or is installed beside it. */
const HARMLESS =
  /^(|true|false|yes|no|on|off|0|1|cat|less|git-lfs (clean|smudge|filter-process)\b.*)$/is;

const MOST_MODULES = 50;
const MOST_BYTES = 256 * 1024;

export const gitProgramsSource: FactSource = {
  name: 'the programs of the repository',
  main: 'git.programs',
  // A Go program is stamped with the state of its repository, and for that go runs git.
  concerns: ({ call, effect }) =>
    (call.program === 'git' && effect.rule.startsWith('git/')) || effect.rule === 'builds/go-check',
  lookUp: async (subjects, tools) => {
    const calls = new Set<number>();
    const firsts = subjects.filter(({ call: { invocation } }) => {
      const isFirst = !calls.has(invocation.id);
      calls.add(invocation.id);
      // What git does on another machine or in a container stands in that call's own place.
      return isFirst && invocation.place.kind === 'local';
    });
    return Promise.all(firsts.map((subject) => aboutOne(subject, tools)));
  },
};

async function aboutOne(subject: Subject, tools: FactTools): Promise<Fact> {
  const say = (value: string, text: string, how: string): Fact => ({
    ...{ id: 'git.programs', effect: subject.index, value, text, how },
  });
  const folder = gitFolder(subject, tools);
  const vague = 'Which programs of the repository git would start cannot be told';
  if (folder === undefined)
    return say('unknown', `${vague}: which repository is meant is not known.`, 'the words');
  const place = await findGitPlace(folder);
  if (place === 'none') return say('none', 'There is no repository.', 'looked for .git');
  const found = place === 'unsure' ? undefined : await programsIn(place, folder, subject, tools);
  if (!found) return say('unknown', `${vague}.`, 'asked git');
  if (found.length === 0) return say('none', 'It starts no program of the repository.', '.git');
  const over = found.filter(({ setsBranches }) => setsBranches).map(({ name }) => name);
  if (over.length > 0)
    return say(
      `${SETS_BRANCHES}${over.join(' ')}`,
      `The settings of the repository let a fetch set its own branches or tags: ${over.join(', ')}.`,
      '.git/config',
    );
  const hash = createHash('sha256').update(JSON.stringify(found)).digest('hex');
  const value = found.every(({ isOfWorkspace }) => isOfWorkspace) ? `${OWN_HOOKS}${hash}` : hash;
  const names = found.map(({ name }) => name).join(', ');
  return say(value, `The repository lets git start programs: ${names}.`, '.git');
}

interface Program {
  name: string;
  /** What it is, so that a change of it shows. */
  content: string;
  /** A file of the workspace, as its tests and its build are. */
  isOfWorkspace: boolean;
  /** No program, but a setting by which a fetch moves more than its copies of the remote's branches. */
  setsBranches?: boolean;
}

/** Undefined where git does not say. */
async function programsIn(
  place: GitPlace,
  folder: string,
  subject: Subject,
  tools: FactTools,
): Promise<readonly Program[] | undefined> {
  const [verb = ''] = subject.call.subcommand;
  const files = [
    path.join(place.commonFolder, 'config'),
    path.join(place.gitFolder, 'config.worktree'),
  ];
  const hints = await Promise.all(files.map((file) => mayName(file, tools)));
  // A new tag may be signed.
  const isFile = !STORED.has(verb) || (verb === 'tag' && subject.effect.verb !== 'read');
  // The user's own settings may send the hooks that a change starts into the work tree.
  const isToAsk = hints.includes(true) || (isFile && subject.effect.verb !== 'read');
  const all = isToAsk ? await settingsOf(folder, tools) : [];
  if (!all) return undefined;
  const settings = all.filter(({ isOwn }) => isOwn);
  const named = settings.filter(
    ({ name, value }) =>
      !HARMLESS.test(value) &&
      (name === `pager.${verb}` ||
        (isFile && OF_FILES.test(name)) ||
        // A plain name is a helper that is installed on this machine.
        (NETWORK.has(verb) && OF_NETWORK.test(name) && !/^[\w-]+$/.test(value))),
  );
  const over = settings.filter(
    ({ name, value }) =>
      verb === 'fetch' && /^remote\..*\.fetch$/s.test(name) && !/:refs\/remotes\//.test(value),
  );
  return [
    ...over.map(({ name, value }) => ({
      ...{ name, content: value, isOfWorkspace: false, setsBranches: true },
    })),
    ...named.map(({ name, value }) => ({ name, content: value, isOfWorkspace: false })),
    ...(isFile ? await modulesWithPrograms(place, tools) : []),
    ...(await hooksOf(subject, place, all, tools)),
  ];
}

interface Setting {
  name: string;
  value: string;
  /** It stands in the repository's own files, or in what these include. */
  isOwn: boolean;
}

/** False where the file names no setting that could lead to a program. */
async function mayName(file: string, { context }: FactTools): Promise<boolean> {
  const text = context.files.read(file, MOST_BYTES);
  return text === undefined ? isThere(file, constants.F_OK) : HINT.test(text);
}

/** What is set for this repository, and by whom; undefined where git does not say. */
async function settingsOf(
  folder: string,
  tools: FactTools,
): Promise<readonly Setting[] | undefined> {
  const repository = await tools.repository(folder);
  const argv = ['config', '--includes', '--show-scope', '-z', '--list'];
  const parts = (await repository?.askStored(argv))?.split('\0');
  if (!parts) return undefined;
  const settings: Setting[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const scope = parts[at] ?? '';
    // Those are of the call that asks.
    if (scope === 'command') continue;
    const [name = '', ...lines] = (parts[at + 1] ?? '').split('\n');
    // A key without a value is true.
    const value = lines.length === 0 ? 'true' : lines.join('\n');
    settings.push({ name, value, isOwn: scope === 'local' || scope === 'worktree' });
  }
  return settings;
}

/** Git looks into submodules with their own settings. */
async function modulesWithPrograms(
  { commonFolder }: GitPlace,
  tools: FactTools,
): Promise<readonly Program[]> {
  const folder = path.join(commonFolder, 'modules');
  const names = (await readdir(folder).catch(() => [])).slice(0, MOST_MODULES);
  const found = await Promise.all(
    names.map(async (name): Promise<Program[]> => {
      const file = path.join(folder, name, 'config');
      const content = tools.context.files.read(file, MOST_BYTES) ?? '';
      const isNamed = await mayName(file, tools);
      const isOfWorkspace = false;
      return isNamed ? [{ name: `settings of the submodule ${name}`, content, isOfWorkspace }] : [];
    }),
  );
  return found.flat();
}

async function hooksOf(
  { call, effect }: Subject,
  { root, commonFolder }: GitPlace,
  settings: readonly Setting[],
  tools: FactTools,
): Promise<readonly Program[]> {
  const [verb = ''] = call.subcommand;
  const isRead = effect.verb === 'read' || call.program === 'go';
  if (STORED.has(verb) && isRead) return [];
  const isSkipped = call.has('--no-verify') || (verb === 'commit' && call.has('-n'));
  const names = [
    ...(HOOKS[verb] ?? []).filter((name) => !isSkipped || !SKIPPED_BY_NO_VERIFY.has(name)),
    'post-index-change',
    ...(isRead ? [] : ['reference-transaction']),
  ];
  const set = settings.findLast((setting) => setting.name === 'core.hookspath');
  const named = set?.value.replace(/^~(?=\/)/, tools.context.home);
  const place = path.resolve(root, named ?? path.join(commonFolder, 'hooks'));
  // Outside of the work tree they are the user's own choice, where the user's own settings say so.
  if (set?.isOwn === false && !place.startsWith(`${root}/`)) return [];
  const isIn = (folder: string, outer: string) => `${folder}/`.startsWith(`${outer}/`);
  const isOfWorkspace =
    tools.context.workspaceRoots.some((folder) => isIn(root, folder)) &&
    (isIn(place, root) || isIn(place, commonFolder));
  const found = await Promise.all(
    names.map(async (name): Promise<Program[]> => {
      const file = path.join(place, name);
      const content = tools.context.files.read(file, MOST_BYTES) ?? '';
      const isRun = await isThere(file, constants.X_OK);
      return isRun ? [{ name: `hook ${name}`, content, isOfWorkspace }] : [];
    }),
  );
  return found.flat();
}

function isThere(file: string, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => true,
    () => false,
  );
}
