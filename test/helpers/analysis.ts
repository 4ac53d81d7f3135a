// Reads and judges lines for tests, on an imaginary machine: home /home/dev, workspace /home/dev/app.
import { nameEffects } from '../../src/core/effects/nameEffects.ts';
import type { Effect, EffectContext } from '../../src/core/effects/types.ts';
import { judge, readLine } from '../../src/core/gate/judge.ts';
import { parsePolicy, type RawPolicy } from '../../src/core/policy/parsePolicy.ts';
import type { Ruling } from '../../src/core/policy/types.ts';
import type { Assessment, Fact } from '../../src/core/risk/types.ts';
import { analyzeShell } from '../../src/core/shell/analyze.ts';
import type { ShellAnalysis, ShellParser } from '../../src/core/shell/types.ts';
import { loadParser } from '../../src/node/parser.ts';
import { LocalSourceFiles } from '../../src/node/sourceFiles.ts';

export const HOME = '/home/dev';
export const WORKSPACE = '/home/dev/app';

let loaded: Promise<ShellParser> | undefined;

/** More time than a line may take in the product, so that a busy machine fails no test. */
const BUDGET_MS = 20_000;

/** The wasm parser, loaded once for a test run. */
export function testParser(): Promise<ShellParser> {
  loaded ??= loadParser({ budgetMs: BUDGET_MS });
  return loaded;
}

/** The imaginary machine; `files` maps absolute paths to contents. */
export function testContext(
  files: Readonly<Record<string, string>> = {},
  more: Partial<EffectContext> = {},
): EffectContext {
  return {
    shell: {
      cwd: WORKSPACE,
      home: HOME,
      variables: {},
      dialect: 'bash',
      files: { read: (path) => files[path], parseYaml: new LocalSourceFiles().parseYaml },
    },
    workspaceRoots: [WORKSPACE],
    isCaseInsensitiveDisk: false,
    protectedPaths: [],
    disposablePaths: [],
    protectedBranches: [],
    gatePaths: [],
    ...more,
  };
}

export interface Tester {
  read(text: string, files?: Readonly<Record<string, string>>): ShellAnalysis;
  effects(text: string, files?: Readonly<Record<string, string>>): Effect[];
  judge(
    text: string,
    options?: {
      facts?: readonly Fact[];
      policy?: Partial<RawPolicy>;
      context?: Partial<EffectContext>;
      now?: Date;
      agent?: string;
      branch?: string;
      lockdown?: string;
    },
  ): { assessment: Assessment; ruling: Ruling };
}

/** Everything that a test asks about lines, synchronously, once the parser is there. */
export async function createTester(): Promise<Tester> {
  const parser = await testParser();
  return {
    read: (text, files) => analyzeShell(text, parser, testContext(files).shell),
    effects: (text, files) => {
      const context = testContext(files);
      return nameEffects(analyzeShell(text, parser, context.shell), context);
    },
    judge: (text, options = {}) => {
      const context = testContext({}, options.context);
      const raw: RawPolicy = {
        autoApprove: undefined,
        rules: undefined,
        workspaceRules: undefined,
        ...options.policy,
      };
      const reading = readLine(text, parser, context);
      return judge(reading, options.facts ?? [], context, parsePolicy(raw), {
        now: options.now ?? new Date('2026-06-01T12:00:00Z'),
        agent: options.agent,
        cwd: WORKSPACE,
        branch: options.branch,
        lockdown: options.lockdown,
      });
    },
  };
}
