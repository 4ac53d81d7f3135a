// The way from a command line to a ruling on this machine: parser, context, facts, judge. Host and CLI share it.
// Invariant: never throws; what fails on the way makes the line ask, with the reason.
import { hostname } from 'node:os';
import type { EffectContext } from '../core/effects/types.ts';
import { judge, type Reading, readLine } from '../core/gate/judge.ts';
import { checkExamples, hasExamples } from '../core/policy/examples.ts';
import type { GrantPattern } from '../core/policy/grants.ts';
import { offersFor } from '../core/policy/offers.ts';
import type { Policy, PolicyContext, Ruling } from '../core/policy/types.ts';
import { assess } from '../core/risk/assess.ts';
import type { Assessment, Fact } from '../core/risk/types.ts';
import type { ShellDialect, ShellParser } from '../core/shell/types.ts';
import { isRemoved, programFolders } from './childEnvironment.ts';
import { changedCode, codeFacts } from './facts/code.ts';
import { lookUpFacts } from './facts/lookUp.ts';
import { OwnPrograms } from './facts/ownPrograms.ts';
import { realPathOf } from './facts/realPaths.ts';
import { createToolRunner } from './facts/runTool.ts';
import { type StartTool, startTool } from './facts/startTool.ts';
import { ToolBroker } from './facts/toolBroker.ts';
import { knownVariables } from './knownVariables.ts';
import { placeOf, readHere } from './readHere.ts';
import { LocalSourceFiles } from './sourceFiles.ts';

/** The settings that an assessment depends on; read anew for every line. */
export interface AssessorSettings {
  policy: Policy;
  protectedPaths: readonly string[];
  disposablePaths: readonly string[];
  protectedBranches: readonly string[];
  production: readonly string[];
  /** Of everything that decides; noted with each assessment. */
  policySha256?: string;
}

export interface AssessorOptions {
  loadParser: () => Promise<ShellParser>;
  home: string;
  /** What the commands inherit; facts are looked up with it, and some of its variables are known to the analysis. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Empty: the folder of each request counts as its workspace. */
  workspaceRoots: readonly string[];
  gatePaths: readonly string[];
  /** File of the process that starts the tools of facts; undefined: they are started from here. */
  toolProcess?: string;
  /** Processes that the gate lives in and by. */
  gateProcesses?: readonly number[];
  settings: () => AssessorSettings;
  now: () => Date;
}

export interface AssessRequest {
  /** Absolute. */
  cwd: string;
  agent: string | undefined;
  /** Variables that the agent asks to add to what its command inherits. */
  environment?: Readonly<Record<string, string>>;
  dialect?: ShellDialect;
  /** False: judge by the text alone; nothing on this machine is looked at. */
  withFacts?: boolean;
  /** Why nothing may run at all. */
  lockdown?: string;
}

export interface Assessed {
  assessment: Assessment;
  ruling: Ruling;
  /** What the ruling rests on besides the assessment. */
  policy: Policy;
  context: PolicyContext;
  policySha256: string | undefined;
  /** What an approval may be kept as; empty where it cannot be kept. */
  offers(): readonly GrantPattern[];
  /**
   * A file with code that does not hold any more what was read from it; undefined where all do. For the moment before
   * the start: an agent can edit files while its command is assessed.
   */
  changedCode(): Promise<string | undefined>;
}

/** Assesses lines; keeps the parser between them. */
export interface Assessor {
  assess(command: string, request: AssessRequest): Promise<Assessed>;
  /** The policy as it is used: without the allow rules whose examples fail, and with these as problems. */
  checkedPolicy(): Promise<Policy>;
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

class LocalAssessor implements Assessor {
  degraded: string | undefined;
  private parser: Promise<ShellParser | undefined> | undefined;
  private readonly startTool: StartTool;
  private tried: { given: Policy; checked: Policy } | undefined;

  constructor(private readonly options: AssessorOptions) {
    const { toolProcess } = options;
    const broker = toolProcess === undefined ? undefined : new ToolBroker(toolProcess);
    this.startTool = broker ? (...words) => broker.start(...words) : startTool;
  }

  async checkedPolicy(): Promise<Policy> {
    const { policy } = this.options.settings();
    return hasExamples(policy) ? this.checked(policy, await this.loadOnce()) : policy;
  }

  async assess(command: string, request: AssessRequest): Promise<Assessed> {
    const parser = await this.loadOnce();
    const settings = this.options.settings();
    if (request.withFacts === false) {
      const context = this.contextOf(request, settings);
      const reading = readLine(command, parser, context);
      return this.judge(reading, [], context, request, parser, undefined);
    }
    const files = new LocalSourceFiles();
    const here = await this.contextHere(request, settings, files);
    const programs = this.programsOf(request, here.workspaceRoots);
    const { reading, context } = await readHere(command, parser, here, programs);
    const facts = [
      ...codeFacts(files),
      ...(await this.lookUp(reading, context, request, settings)),
    ];
    const changed = () => files.changed() ?? programs.changed();
    return this.judge(reading, facts, context, request, parser, changed);
  }

  /** Along the PATH that the command will get. */
  private programsOf(request: AssessRequest, roots: readonly string[]): OwnPrograms {
    return new OwnPrograms(programFolders(this.inherited(request)), roots, this.options.home);
  }

  /** By the policy of this moment: looking facts up may have taken a while. */
  private judge(
    reading: Reading,
    facts: readonly Fact[],
    context: EffectContext,
    request: AssessRequest,
    parser: ShellParser | undefined,
    changed: (() => string | undefined) | undefined,
  ): Assessed {
    const { policy: given, policySha256 } = this.options.settings();
    const policy = this.checked(given, parser);
    const policyContext = this.policyContext(request, facts, context.workspaceRoots);
    const judged = judge(reading, facts, context, policy, policyContext);
    const { assessment, ruling } = judged;
    const offers = () => offersFor(assessment, ruling, policy, policyContext);
    const code = async () => changed?.() ?? changedCode(assessment);
    return {
      ...{ ...judged, policy, context: policyContext, policySha256, offers },
      changedCode: code,
    };
  }

  /** Tries the rules on their own examples, once for each policy. */
  private checked(given: Policy, parser: ShellParser | undefined): Policy {
    if (!parser || !hasExamples(given)) return given;
    if (this.tried?.given !== given) {
      const { workspaceRoots, home } = this.options;
      const request = { cwd: workspaceRoots[0] ?? home, agent: undefined };
      const context = this.contextOf(request, this.options.settings());
      const read = (line: string) => {
        const { analysis, effects } = readLine(line, parser, context);
        return assess(analysis, effects, [], context);
      };
      this.tried = { given, checked: checkExamples(given, read) };
    }
    return this.tried.checked;
  }

  private lookUp(
    { analysis, effects }: Reading,
    effectContext: EffectContext,
    request: AssessRequest,
    settings: AssessorSettings,
  ): Promise<readonly Fact[]> {
    const { workspaceRoots } = effectContext;
    const { home, now } = this.options;
    const environment = this.inherited(request);
    return lookUpFacts(analysis, effects, {
      cwd: request.cwd,
      home: environment.HOME ?? home,
      workspaceRoots,
      environment,
      asked: Object.keys(request.environment ?? {}),
      ownEnvironment: this.options.environment,
      ownHome: home,
      production: settings.production,
      protectedBranches: settings.protectedBranches,
      wantsBranch: settings.policy.rules.some((rule) => rule.branch !== undefined),
      timeLimitMs: LOCAL_LIMIT_MS,
      networkLimitMs: NETWORK_LIMIT_MS,
      files: new LocalSourceFiles(),
      placeOf: (file) => placeOf(file, effectContext),
      hostname: hostname(),
      // What the agent asks for must not choose the programs that look.
      run: createToolRunner(this.options.environment, workspaceRoots, this.startTool),
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
      gateProcesses: options.gateProcesses,
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
      shell: { ...context.shell, files, variables: knownVariables(this.inherited(request)) },
      workspaceRoots: [...new Set([...roots, ...real.filter((root) => root !== null)])],
    };
  }

  /** The environment that the command itself will get. */
  private inherited(request: AssessRequest): Readonly<Record<string, string | undefined>> {
    const all = { ...this.options.environment, ...request.environment };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !isRemoved(name)));
  }

  private policyContext(
    request: AssessRequest,
    facts: readonly Fact[],
    workspaceRoots: readonly string[],
  ): PolicyContext {
    const branch = facts.find((fact) => fact.id === 'git.branch.current')?.value;
    return {
      now: this.options.now(),
      agent: request.agent,
      cwd: request.cwd,
      // Where no folder is open, the one of the request counts as the workspace.
      workspaceRoots: workspaceRoots.length > 0 ? workspaceRoots : [request.cwd],
      branch: typeof branch === 'string' && branch !== 'unknown' ? branch : undefined,
      ...(request.lockdown !== undefined && { lockdown: request.lockdown }),
    };
  }
}
