// The few questions that facts ask of git, answered without running anything that the repository names.
// Invariant: file monitors, hooks, filters, signature checks, transports and pagers are off in every call.
import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { findGitPlace, type GitPlace } from './gitPlace.ts';
import { readHead, readRef } from './gitRefs.ts';
import { GitSettings } from './gitSettings.ts';
import type { FactsContext, ToolResult } from './types.ts';

/** Options that keep git from starting programs which the repository's configuration names. */
const QUIET = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.untrackedCache=keep',
    'core.sshCommand=false',
    'submodule.recurse=false',
    'status.submoduleSummary=false',
    'log.showSignature=false',
    'protocol.allow=never',
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

const MOST_BYTES = 16 * 1024 * 1024;

/** One commit that a person would miss. */
export interface Commit {
  hash: string;
  author: string;
  email: string;
  subject: string;
}

/** Asks git in one work tree; every answer is undefined where git failed or the time ran out. */
export class GitRepository {
  /** Why git gave no answer, as a clause for a person; undefined as long as it answers. */
  problem: string | undefined;
  private listed: Promise<GitSettings | undefined> | undefined;

  private constructor(
    private readonly place: GitPlace,
    private readonly folder: string,
    private readonly context: FactsContext,
    private readonly deadline: number,
  ) {}

  /** The repository around `folder`; undefined where there is none, or git does not say where it lies. */
  static async open(folder: string, context: FactsContext): Promise<GitRepository | undefined> {
    const deadline = performance.now() + context.timeLimitMs;
    const found = await findGitPlace(folder);
    if (found === 'none') return undefined;
    if (found !== 'unsure') return new GitRepository(found, folder, context, deadline);
    const nowhere = { root: folder, gitFolder: folder, commonFolder: folder };
    const place = await new GitRepository(nowhere, folder, context, deadline).placeByGit();
    return place && new GitRepository(place, folder, context, deadline);
  }

  /** Own folder of the repository: HEAD lies in it. */
  get gitFolder(): string {
    return this.place.gitFolder;
  }

  /** Top folder of the work tree, without links; undefined where git does not say. */
  async root(): Promise<string | undefined> {
    const settings = await this.settings();
    const isElsewhere = settings?.get('core.worktree') !== undefined;
    return isElsewhere ? (await this.placeByGit())?.root : settings && this.place.root;
  }

  /** What the settings say here; undefined where they cannot be read. */
  settings(): Promise<GitSettings | undefined> {
    // Listing starts nothing, and our own options would stand among the settings.
    const argv = ['config', '--includes', '-z', '--list'];
    this.listed ??= this.run(argv, {}, ['--no-pager']).then((list) =>
      list === undefined ? undefined : GitSettings.read(list),
    );
    return this.listed;
  }

  /** Output of a read-only command that may look into files. It starts once all filters are known and off. */
  async ask(argv: readonly string[]): Promise<string | undefined> {
    const settings = await this.settings();
    return settings && this.run(argv, settings.withoutFilters());
  }

  /** As `ask`, in the top folder of the work tree. */
  async askAtRoot(argv: readonly string[]): Promise<string | undefined> {
    const root = await this.root();
    return root === undefined ? undefined : this.ask(['-C', root, ...argv]);
  }

  /** Output of a command that reads only what git has stored: commits, refs, the index. It starts at once. */
  askStored(argv: readonly string[]): Promise<string | undefined> {
    return this.run(argv, {});
  }

  /** First line of an answer; undefined where there is none. */
  async line(...argv: string[]): Promise<string | undefined> {
    return (await this.askStored(argv))?.split('\n')[0]?.trim() || undefined;
  }

  /** Branch that is checked out; undefined where HEAD is detached. */
  async currentBranch(): Promise<string | undefined> {
    const name = await readHead(this.place);
    return name === undefined
      ? this.line('symbolic-ref', '--short', '-q', 'HEAD')
      : (name ?? undefined);
  }

  /** Which of the refs are there, and where symbolic ones point to ('' for plain ones). */
  async refs(...names: string[]): Promise<ReadonlyMap<string, string>> {
    const read = await Promise.all(names.map((name) => readRef(this.place, name)));
    if (!read.includes(undefined)) {
      const found = names.map((name, index): [string, string | null] => [
        name,
        read[index] ?? null,
      ]);
      return new Map(found.filter((entry): entry is [string, string] => entry[1] !== null));
    }
    const argv = ['for-each-ref', '--format=%(refname)%09%(symref)', ...names];
    const lines = ((await this.askStored(argv)) ?? '').split('\n').filter(Boolean);
    return new Map(lines.map((line) => [line.split('\t')[0] ?? '', line.split('\t')[1] ?? '']));
  }

  /** Commits of a range in the words of `git rev-list`, newest first, at most `cap`. */
  async commits(cap: number, ...range: string[]): Promise<readonly Commit[] | undefined> {
    const format = '--format=%h%x09%an%x09%ae%x09%s';
    const text = await this.askStored(['rev-list', `--max-count=${cap}`, format, ...range]);
    return text
      ?.split('\n')
      .filter((line) => line !== '' && !/^commit [0-9a-f]+$/.test(line))
      .map((line) => {
        const [hash = '', author = '', email = '', ...subject] = line.split('\t');
        return { hash, author, email: email.toLowerCase(), subject: subject.join(' ') };
      });
  }

  /** Number of commits in a range; undefined where git cannot tell. */
  async count(...range: string[]): Promise<number | undefined> {
    const text = await this.line('rev-list', '--count', ...range);
    return text === undefined ? undefined : Number(text);
  }

  /** True where old commits were left out when it was cloned. */
  async isShallow(): Promise<boolean> {
    return access(path.join(this.place.commonFolder, 'shallow')).then(
      () => true,
      () => false,
    );
  }

  private async placeByGit(): Promise<GitPlace | undefined> {
    const wanted = ['--show-toplevel', '--absolute-git-dir', '--git-common-dir'];
    const text = await this.askStored(['rev-parse', ...wanted]);
    const [root, gitFolder, commonFolder] = (text ?? '').split('\n');
    if (!root || !gitFolder || !commonFolder) return undefined;
    return { root, gitFolder, commonFolder: path.resolve(this.folder, commonFolder) };
  }

  private async run(
    argv: readonly string[],
    environment: Readonly<Record<string, string>>,
    quiet = QUIET,
  ): Promise<string | undefined> {
    const timeLimitMs = this.deadline - performance.now();
    if (timeLimitMs <= 0) {
      this.problem ??= SLOW;
      return undefined;
    }
    const { folder: cwd, context } = this;
    const options = { cwd, timeLimitMs, maxBytes: MOST_BYTES, environment };
    const result = await context.run('git', [...quiet, ...argv], options);
    if (result.exitCode === 0) return result.stdout;
    this.problem ??= problemOf(result);
    return undefined;
  }
}

const SLOW = 'git did not answer in time';

/** Undefined where it is an ordinary no. */
function problemOf({ failure, stderr = '' }: ToolResult): string | undefined {
  if (failure === 'missing') return 'git is not installed';
  if (failure === 'slow') return SLOW;
  if (failure === 'too-much') return 'git had more to say than is read here';
  if (/dubious ownership/.test(stderr))
    return 'git refuses this folder, because it belongs to another user (safe.directory)';
  return /^fatal: (?!ambiguous argument|bad revision|Needed a single)/m.test(stderr)
    ? 'git could not read the repository'
    : undefined;
}
