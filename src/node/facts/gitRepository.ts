// The few questions that facts ask of git, answered without running anything that the repository names.
// Invariant: a repository whose own configuration names filter programs is not asked about its work tree.
import type { FactsContext } from './types.ts';

/** Options that keep git from starting programs which the repository's configuration names. */
const QUIET = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.untrackedCache=keep',
  '-c',
  'submodule.recurse=false',
  '-c',
  'log.showSignature=false',
];

/** Asks git in one folder; every answer is undefined where git failed or the time ran out. */
export class GitRepository {
  private constructor(
    readonly root: string,
    private readonly context: FactsContext,
    private readonly deadline: number,
    private readonly now: () => number,
  ) {}

  /** The repository around `context.cwd`; undefined where there is none or git is missing. */
  static async open(context: FactsContext, now: () => number): Promise<GitRepository | undefined> {
    const probe = new GitRepository(context.cwd, context, now() + context.timeLimitMs, now);
    const root = (await probe.ask(['rev-parse', '--show-toplevel']))?.trim();
    return root ? new GitRepository(root, context, probe.deadline, now) : undefined;
  }

  /** Output of a read-only git command run in the line's folder. */
  async ask(argv: readonly string[]): Promise<string | undefined> {
    const left = this.deadline - this.now();
    if (left <= 0) return undefined;
    const result = await this.context.run('git', [...QUIET, ...argv], {
      cwd: this.context.cwd,
      timeLimitMs: left,
    });
    return result.exitCode === 0 ? result.stdout : undefined;
  }

  /** True where reading the work tree could start a filter program that the repository's own configuration names. */
  async namesPrograms(): Promise<boolean> {
    const left = this.deadline - this.now();
    if (left <= 0) return true;
    const result = await this.context.run(
      'git',
      [
        ...QUIET,
        'config',
        '--local',
        '--includes',
        '--get-regexp',
        '^filter\\..*\\.(clean|process|smudge)$',
      ],
      { cwd: this.context.cwd, timeLimitMs: left },
    );
    // 1 is git's answer for "no such key"; anything else that failed is treated as unsafe.
    if (result.exitCode === 1) return false;
    const lines = (result.stdout ?? '?').split('\n').filter((line) => line !== '');
    return lines.some((line) => !/^filter\.lfs\.\w+ git-lfs /.test(line));
  }

  async currentBranch(): Promise<string | undefined> {
    return (await this.ask(['symbolic-ref', '--short', '-q', 'HEAD']))?.trim() || undefined;
  }

  async userEmail(): Promise<string | undefined> {
    return (await this.ask(['config', 'user.email']))?.trim() || undefined;
  }

  /** Short name of the upstream (`origin/main`) of a branch; undefined where it has none. */
  async upstreamOf(branch: string): Promise<string | undefined> {
    const name = await this.ask(['rev-parse', '--abbrev-ref', `${branch}@{upstream}`]);
    return name?.trim() || undefined;
  }

  /** Default branch of a remote as last fetched; undefined where it was never learnt. */
  async defaultBranch(remote: string): Promise<string | undefined> {
    const ref = await this.ask(['symbolic-ref', '--short', '-q', `refs/remotes/${remote}/HEAD`]);
    return ref?.trim().slice(remote.length + 1) || undefined;
  }

  /** Commits that are in `from` and not in `to`, newest first: `[hash, author email]`. At most `cap`. */
  async commitsNotIn(
    from: string,
    to: string,
    cap: number,
  ): Promise<readonly (readonly [string, string])[] | undefined> {
    const range = ['--end-of-options', `${to}..${from}`, '--'];
    const log = await this.ask(['log', `--max-count=${cap}`, '--format=%h%x09%ae', ...range]);
    if (log === undefined) return undefined;
    const lines = log.split('\n').filter((line) => line !== '');
    return lines.map((line) => [line.split('\t')[0] ?? '', line.split('\t')[1] ?? ''] as const);
  }
}
