// The way from a command line to a ruling on this machine: parser, context, facts, judge. Host and CLI share it.
// Invariant: never throws; what fails on the way makes the line ask, with the reason.
import type { EffectContext } from '../core/effects/types.ts';
import { judge, readLine } from '../core/gate/judge.ts';
import type { Policy, PolicyContext, Ruling } from '../core/policy/types.ts';
import type { Assessment, Fact } from '../core/risk/types.ts';
import type { ShellDialect, ShellParser } from '../core/shell/types.ts';

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

class LocalAssessor implements Assessor {
  degraded: string | undefined;
  private parser: Promise<ShellParser | undefined> | undefined;

  constructor(private readonly options: AssessorOptions) {}

  async assess(command: string, request: AssessRequest): Promise<Assessed> {
    const parser = await this.loadOnce();
    const settings = this.options.settings();
    const context = this.contextOf(request, settings);
    const reading = readLine(command, parser, context);
    return judge(reading, [], context, settings.policy, this.policyContext(request, []));
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
