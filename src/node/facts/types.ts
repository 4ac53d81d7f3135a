// What the look-ups of facts get and give. Invariant: a look-up never writes, never prints a secret,
// and answers `unknown` instead of guessing or waiting.
import type { Effect } from '../../core/effects/types.ts';
import type { Fact } from '../../core/risk/types.ts';
import type { ShellAnalysis } from '../../core/shell/types.ts';

export interface ToolResult {
  /** Undefined where the program was not found, was stopped by the clock, or wrote too much. */
  stdout: string | undefined;
  exitCode: number | undefined;
}

/** Runs a local read-only program with a time limit and without a shell. A fake stands in for it in tests. */
export type ToolRunner = (
  program: string,
  argv: readonly string[],
  options: { cwd: string; timeLimitMs: number; maxBytes?: number },
) => Promise<ToolResult>;

export interface FactsContext {
  /** Absolute; facts are looked up only where it exists. */
  cwd: string;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** minimatch patterns of names, hosts, contexts and URLs that are production (`interlock.production`). */
  production: readonly string[];
  protectedBranches: readonly string[];
  /** Budget for the whole look-up, in milliseconds. */
  timeLimitMs: number;
  run: ToolRunner;
}

/** One look-up: a line with its effects in, facts out. Must not throw; what fails is `unknown`. */
export type FactSource = (
  analysis: ShellAnalysis,
  effects: readonly Effect[],
  context: FactsContext,
) => Promise<Fact[]>;
