// The few questions that facts ask of git, answered without running anything that the repository names.
// Invariant: file monitors, hooks, filters, signature checks, transports and pagers are off in every call.
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
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
    /** Lower-case key (the middle part as written) → its values, the one that counts last. */
    private readonly settings: ReadonlyMap<string, readonly string[]>,
    private readonly context: FactsContext,
    private readonly deadline: number,
  ) {}

  /** The repository around `folder`; undefined where there is none, or git is missing or too slow. */
  static async open(folder: string, context: FactsContext): Promise<GitRepository | undefined> {
    const deadline = performance.now() + context.timeLimitMs;
    const probe = new GitRepository('', '', folder, {}, new Map(), context, deadline);
    const [places, list] = await Promise.all([
      probe.ask(['rev-parse', '--show-toplevel', '--absolute-git-dir']),
      probe.ask(['config', '--includes', '-z', '--list']),
    ]);
    const [root, gitFolder] = (places ?? '').split('\n');
    if (!root || !gitFolder || list === undefined) return undefined;
    const settings = readSettings(list);
    const environment = withoutFilters([...settings.keys()]);
    return new GitRepository(root, gitFolder, folder, environment, settings, context, deadline);
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
  async currentBranch(): Promise<string | undefined> {
    const head = await readFile(path.join(this.gitFolder, 'HEAD'), 'utf8').catch(() => '');
    const name = /^ref: refs\/heads\/(.+)\n$/.exec(head)?.[1];
    // Another way of keeping refs leaves a placeholder in the file.
    if (name !== undefined && name !== '.invalid') return name;
    return this.line('symbolic-ref', '--short', '-q', 'HEAD');
  }

  /** Every address under which the user commits here. */
  ownEmails(): readonly string[] {
    return (this.settings.get('user.email') ?? []).map((email) => email.toLowerCase());
  }

  /** A setting by its key, with the section and the name in lower case. */
  config(key: string): string | undefined {
    return this.settings.get(key)?.at(-1) || undefined;
  }

  /** Names of the remotes, each with its URL. */
  remotes(): readonly (readonly [string, string])[] {
    return [...this.settings].flatMap(([key, values]) => {
      const name = /^remote\.(.*)\.url$/s.exec(key)?.[1];
      return name === undefined ? [] : values.map((url) => [name, url] as const);
    });
  }

  /** Which of the refs are there, and where symbolic ones point to ('' for plain ones). */
  async refs(...names: string[]): Promise<ReadonlyMap<string, string>> {
    const text = await this.ask(['for-each-ref', '--format=%(refname)%09%(symref)', ...names]);
    const lines = (text ?? '').split('\n').filter(Boolean);
    return new Map(lines.map((line) => [line.split('\t')[0] ?? '', line.split('\t')[1] ?? '']));
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
}

/** `key\nvalue` entries; a key without a value is true. */
function readSettings(list: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const entry of list.split('\0').filter(Boolean)) {
    const end = entry.indexOf('\n');
    const [key, value] = end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
    settings.set(key, [...(settings.get(key) ?? []), value]);
  }
  return settings;
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
