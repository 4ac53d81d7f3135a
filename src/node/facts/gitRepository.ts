// The few questions that facts ask of git, answered without running anything that the repository names.
// Invariant: file monitors, hooks, filters, signature checks, transports and pagers are off in every call.
import type { FactsContext } from './types.ts';

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

const FILTER_KEY = /^filter\.(.*)\.(clean|smudge|process|required)$/s;

/** One commit that a person would miss. */
export interface Commit {
  hash: string;
  author: string;
  email: string;
  subject: string;
}

/** Asks git in one work tree; every answer is undefined where git failed or the time ran out. */
export class GitRepository {
  private constructor(
    /** Top folder of the work tree, without links. */
    readonly root: string,
    readonly gitFolder: string,
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly context: FactsContext,
    private readonly deadline: number,
  ) {}

  /** The repository around `folder`; undefined where there is none, or git is missing or too slow. */
  static async open(folder: string, context: FactsContext): Promise<GitRepository | undefined> {
    const deadline = performance.now() + context.timeLimitMs;
    const probe = new GitRepository('', '', folder, {}, context, deadline);
    const [places, filters] = await Promise.all([
      probe.ask(['rev-parse', '--show-toplevel', '--absolute-git-dir']),
      probe.filterSettings(),
    ]);
    const [root, gitFolder] = (places ?? '').split('\n');
    if (!root || !gitFolder || filters === undefined) return undefined;
    return new GitRepository(root, gitFolder, folder, withoutFilters(filters), context, deadline);
  }

  /** Output of a read-only git command run in this folder. */
  async ask(argv: readonly string[]): Promise<string | undefined> {
    const left = this.deadline - performance.now();
    if (left <= 0) return undefined;
    const result = await this.context.run('git', [...QUIET, ...argv], {
      cwd: this.folder,
      timeLimitMs: left,
      maxBytes: 16 * 1024 * 1024,
      environment: this.environment,
    });
    return result.exitCode === 0 ? result.stdout : undefined;
  }

  /** As `ask`, in the top folder of the work tree. */
  askAtRoot(argv: readonly string[]): Promise<string | undefined> {
    return this.ask(['-C', this.root, ...argv]);
  }

  /** First line of an answer; undefined where there is none. */
  async line(...argv: string[]): Promise<string | undefined> {
    return (await this.ask(argv))?.split('\n')[0]?.trim() || undefined;
  }

  async count(...argv: string[]): Promise<number | undefined> {
    const text = await this.line('rev-list', '--count', ...argv);
    return text === undefined ? undefined : Number(text);
  }

  /** Branch that is checked out; undefined where HEAD is detached. */
  currentBranch(): Promise<string | undefined> {
    return this.line('symbolic-ref', '--short', '-q', 'HEAD');
  }

  /** Every address under which the user commits here. */
  async ownEmails(): Promise<readonly string[]> {
    const text = await this.ask(['config', '--get-all', 'user.email']);
    return (text ?? '').toLowerCase().split('\n').filter(Boolean);
  }

  config(key: string): Promise<string | undefined> {
    return this.line('config', '--get', key);
  }

  /** Default branch of a remote as last fetched; undefined where it was never learnt. */
  async defaultBranch(remote: string): Promise<string | undefined> {
    const ref = await this.line('symbolic-ref', '--short', '-q', `refs/remotes/${remote}/HEAD`);
    return ref?.slice(remote.length + 1);
  }

  async hasRef(ref: string): Promise<boolean> {
    return (
      (await this.line('rev-parse', '--verify', '--quiet', '--end-of-options', ref)) !== undefined
    );
  }

  /** Commits of a range in the words of `git rev-list`, newest first, at most `cap`. */
  async commits(cap: number, ...range: string[]): Promise<readonly Commit[] | undefined> {
    const format = '--format=%h%x09%an%x09%ae%x09%s';
    const text = await this.ask(['rev-list', `--max-count=${cap}`, format, ...range]);
    return text
      ?.split('\n')
      .filter((line) => line !== '' && !/^commit [0-9a-f]+$/.test(line))
      .map((line) => {
        const [hash = '', author = '', email = '', ...subject] = line.split('\t');
        return { hash, author, email: email.toLowerCase(), subject: subject.join(' ') };
      });
  }

  /** Names of all settings that name a filter, in whatever file; undefined where that cannot be told. */
  private async filterSettings(): Promise<readonly string[] | undefined> {
    const argv = ['config', '--includes', '-z', '--name-only', '--get-regexp', '^filter\\.'];
    const left = this.deadline - performance.now();
    const { stdout, exitCode } = await this.context.run('git', [...QUIET, ...argv], {
      cwd: this.folder,
      timeLimitMs: left,
    });
    // 1 is git's answer for "no such key".
    if (exitCode === 1) return [];
    return exitCode === 0 ? (stdout ?? '').split('\0').filter(Boolean) : undefined;
  }
}

/** Variables that switch every named filter off, so that comparing a file runs nothing. */
function withoutFilters(settings: readonly string[]): Record<string, string> {
  const names = new Set(settings.map((key) => FILTER_KEY.exec(key)?.[1]).filter(Boolean));
  const pairs = [...names].flatMap((name) => [
    [`filter.${name}.clean`, ''],
    [`filter.${name}.smudge`, ''],
    [`filter.${name}.process`, ''],
    [`filter.${name}.required`, 'false'],
  ]);
  const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(pairs.length) };
  pairs.forEach(([key = '', value = ''], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
