// The way from a command line to a ruling on this machine: parser, context, facts, judge. Host and CLI share it.
// Invariant: never throws; what fails on the way makes the line ask, with the reason.
import { hostname } from 'node:os';
import type { EffectContext } from '../core/effects/types.ts';
import { judge, nameAgain, type Reading, readLine } from '../core/gate/judge.ts';
import type { Policy, PolicyContext, Ruling } from '../core/policy/types.ts';
import type { Assessment, Fact } from '../core/risk/types.ts';
import type { ShellDialect, ShellParser } from '../core/shell/types.ts';
import { codeFacts } from './facts/code.ts';
import { lookUpFacts } from './facts/lookUp.ts';
import { findRealPaths, realPathOf } from './facts/realPaths.ts';
import { createToolRunner } from './facts/runTool.ts';
import { knownVariables } from './knownVariables.ts';
import { LocalSourceFiles } from './sourceFiles.ts';

/** The settings that an assessment depends on; read anew for every line. */
export interface AssessorSettings {
  policy: Policy;
  protectedPaths: readonly string[];
  disposablePaths: readonly string[];
  protectedBranches: readonly string[];
  production: readonly string[];
}

export interface AssessorOptions {
  loadParser: () => Promise<ShellParser>;
  home: string;
  /** What the commands inherit; facts are looked up with it, and some of its variables are known to the analysis. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Empty: the folder of each request counts as its workspace. */
  workspaceRoots: readonly string[];
  gatePaths: readonly string[];
  settings: () => AssessorSettings;
  now: () => Date;
}

export interface AssessRequest {
  /** Absolute. */
  cwd: string;
  agent: string | undefined;
  dialect?: ShellDialect;
  /** False: judge by the text alone; nothing on this machine is looked at. */
  withFacts?: boolean;
}

export interface Assessed {
  assessment: Assessment;
  ruling: Ruling;
}

/** Assesses lines; keeps the parser between them. */
export interface Assessor {
  assess(command: string, request: AssessRequest): Promise<Assessed>;
  /** Why the gate cannot read commands; undefined where it can. Known after the first line. */
  readonly degraded: string | undefined;
}

/** Builds an assessor; the grammar is loaded with the first line. */
export function createAssessor(options: AssessorOptions): Assessor {
  return new LocalAssessor(options);
}

/** Far above what the look-ups take; only what hangs reaches it. */
const LOCAL_LIMIT_MS = 1500;
const NETWORK_LIMIT_MS = 3000;

/** Names the effects again where links lead somewhere else than the text says. */
async function followLinks(
  reading: Reading,
  context: EffectContext,
): Promise<{ reading: Reading; context: EffectContext }> {
  const realPaths = await findRealPaths(reading.effects);
  if (Object.entries(realPaths).every(([path, real]) => path === real)) return { reading, context };
  const resolved = { ...context, realPaths };
  return { reading: nameAgain(reading, resolved), context: resolved };
}

class LocalAssessor implements Assessor {
  degraded: string | undefined;
  private parser: Promise<ShellParser | undefined> | undefined;

  constructor(private readonly options: AssessorOptions) {}

  async assess(command: string, request: AssessRequest): Promise<Assessed> {
    const parser = await this.loadOnce();
    const settings = this.options.settings();
    if (request.withFacts === false) {
      const context = this.contextOf(request, settings);
      const reading = readLine(command, parser, context);
      return judge(reading, [], context, settings.policy, this.policyContext(request, []));
    }
    const files = new LocalSourceFiles();
    const context = await this.contextHere(request, settings, files);
    const first = readLine(command, parser, context);
    const { reading, context: resolved } = await followLinks(first, context);
    const facts = [
      ...codeFacts(files),
      ...(await this.lookUp(reading, resolved.workspaceRoots, request, settings)),
    ];
    const policyContext = this.policyContext(request, facts);
    return judge(reading, facts, resolved, settings.policy, policyContext);
  }

  private lookUp(
    { analysis, effects }: Reading,
    workspaceRoots: readonly string[],
    request: AssessRequest,
    settings: AssessorSettings,
  ): Promise<readonly Fact[]> {
    const { environment, home, now } = this.options;
    return lookUpFacts(analysis, effects, {
      cwd: request.cwd,
      home,
      workspaceRoots,
      environment,
      production: settings.production,
      protectedBranches: settings.protectedBranches,
      wantsBranch: settings.policy.rules.some((rule) => rule.branch !== undefined),
      timeLimitMs: LOCAL_LIMIT_MS,
      networkLimitMs: NETWORK_LIMIT_MS,
      files: new LocalSourceFiles(),
      hostname: hostname(),
      run: createToolRunner(environment, workspaceRoots),
      now,
    });
  }

  private async loadOnce(): Promise<ShellParser | undefined> {
    this.parser ??= this.options.loadParser().catch((error: unknown) => {
      this.degraded = error instanceof Error ? error.message : String(error);
      return undefined;
    });
    return this.parser;
  }

  private contextOf(request: AssessRequest, settings: AssessorSettings): EffectContext {
    const { options } = this;
    return {
      shell: {
        cwd: request.cwd,
        home: options.home,
        variables: {},
        dialect: request.dialect ?? 'bash',
        files: undefined,
      },
      workspaceRoots: options.workspaceRoots,
      isCaseInsensitiveDisk: process.platform === 'darwin' || process.platform === 'win32',
      protectedPaths: settings.protectedPaths,
      disposablePaths: settings.disposablePaths,
      protectedBranches: settings.protectedBranches,
      gatePaths: options.gatePaths,
    };
  }

  /** The context with this machine in it: readable files, known variables, and the workspace by its real name too. */
  private async contextHere(
    request: AssessRequest,
    settings: AssessorSettings,
    files: LocalSourceFiles,
  ): Promise<EffectContext> {
    const context = this.contextOf(request, settings);
    const roots = context.workspaceRoots.length > 0 ? context.workspaceRoots : [request.cwd];
    const real = await Promise.all(roots.map((root) => realPathOf(root)));
    return {
      ...context,
      shell: { ...context.shell, files, variables: knownVariables(this.options.environment) },
      workspaceRoots: [...new Set([...roots, ...real.filter((root) => root !== null)])],
    };
  }

  private policyContext(request: AssessRequest, facts: readonly Fact[]): PolicyContext {
    const branch = facts.find((fact) => fact.id === 'git.branch.current')?.value;
    return {
      now: this.options.now(),
      agent: request.agent,
      cwd: request.cwd,
      branch: typeof branch === 'string' && branch !== 'unknown' ? branch : undefined,
    };
  }
}
