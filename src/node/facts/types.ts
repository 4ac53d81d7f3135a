// What the look-ups of facts get and give. Invariant: a look-up never writes, never prints a secret,
// runs nothing that the repository names, and answers `unknown` instead of guessing or waiting.
import type { Call, Effect, PathPlace } from '../../core/effects/types.ts';
import type { FactId } from '../../core/risk/factIds.ts';
import type { Fact } from '../../core/risk/types.ts';
import type { SourceFiles, VariableChange } from '../../core/shell/types.ts';
import type { Members } from './archiveMembers.ts';
import type { GitRepository } from './gitRepository.ts';

export interface ToolResult {
  /** Undefined where the program was not found, was stopped by the clock, or wrote too much. */
  stdout: string | undefined;
  exitCode: number | undefined;
  /** Why there is no answer; undefined where the program ended by itself. */
  failure?: 'missing' | 'slow' | 'too-much';
  /** What it said beside its answer, in English; may hold names of the repository. */
  stderr?: string;
}

/** Runs a local read-only program with a time limit and without a shell. A fake stands in for it in tests. */
export type ToolRunner = (
  program: string,
  argv: readonly string[],
  options: {
    cwd: string;
    timeLimitMs: number;
    maxBytes?: number;
    environment?: Readonly<Record<string, string>>;
  },
) => Promise<ToolResult>;

export interface FactsContext {
  /** Absolute; where the line starts. */
  cwd: string;
  home: string;
  /** Absolute; empty: `cwd` is the workspace. */
  workspaceRoots: readonly string[];
  /** What the line's programs inherit. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Variables of it that the agent asked for: the tools that facts come from do not get them. */
  asked: readonly string[];
  /** What those tools get. */
  ownEnvironment: Readonly<Record<string, string | undefined>>;
  ownHome: string;
  /** minimatch patterns of names, hosts, contexts and URLs that are production (`interlock.production`). */
  production: readonly string[];
  protectedBranches: readonly string[];
  /** True where a rule asks for the branch, so that it is looked up for every line. */
  wantsBranch: boolean;
  /** Budget of what is on this machine, in milliseconds. */
  timeLimitMs: number;
  /** Budget of a local tool that asks over the network. */
  networkLimitMs: number;
  run: ToolRunner;
  /** Where a path lies, by the settings of this line; links are not followed. */
  placeOf(absolutePath: string): PathPlace;
  /** Small text files: configuration. */
  files: SourceFiles;
  /** Name of this machine. */
  hostname: string;
  now: () => Date;
}

/** One effect, with what a look-up needs of its call. */
export interface Subject {
  /** Index into the effects. */
  index: number;
  effect: Effect;
  call: Call;
  /** Where the program runs; undefined where that is not known or not on this machine. */
  folder: string | undefined;
  /** The whole line, for words that change what a glob means. */
  line: string;
  /** The call that starts it in a container or a pod, as `docker exec` or `kubectl exec`. */
  outer: Call | undefined;
  /** Changes of variables in the whole line. */
  changes: readonly VariableChange[];
}

/** What the look-ups of one line share, so that nothing is asked twice. */
export interface FactTools {
  context: FactsContext;
  /** The repository around a folder; undefined where there is none or it cannot be asked. */
  repository(folder: string): Promise<GitRepository | undefined>;
  /** What an unpacking call would put where; undefined where that cannot be told. */
  members(subject: Subject): Promise<Members | undefined>;
}

/** One kind of look-up. What it throws, or what takes too long, becomes `unknown`. */
export interface FactSource {
  /** What a person calls it: `git`, `the cluster's configuration`. */
  name: string;
  /** The fact that says `unknown` where the look-up failed. */
  main: FactId;
  asksNetwork?: boolean;
  concerns(subject: Subject): boolean;
  lookUp(subjects: readonly Subject[], tools: FactTools): Promise<readonly Fact[]>;
}
