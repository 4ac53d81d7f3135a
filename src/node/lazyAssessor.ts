// An assessor that is loaded when it is needed first: with the first command, or with rules whose examples are to be tried.
// Invariant: where it cannot be loaded, assessing rejects, and the gate lets nothing run.
import { hasExamples } from '../core/policy/examples.ts';
import type { Policy } from '../core/policy/types.ts';
import type { Assessed, Assessor, AssessRequest } from './assessor.ts';

export class LazyAssessor implements Assessor {
  private loading: Promise<Assessor> | undefined;
  private loaded: Assessor | undefined;

  constructor(
    private readonly load: () => Promise<Assessor>,
    /** The policy as the settings and grants have it. */
    private readonly policy: () => Policy,
  ) {}

  get degraded(): string | undefined {
    return this.loaded?.degraded;
  }

  async assess(command: string, request: AssessRequest): Promise<Assessed> {
    return (await this.loadOnce()).assess(command, request);
  }

  async checkedPolicy(): Promise<Policy> {
    const policy = this.policy();
    return hasExamples(policy) ? (await this.loadOnce()).checkedPolicy() : policy;
  }

  /** What failed is tried again with the next command. */
  private loadOnce(): Promise<Assessor> {
    this.loading ??= this.load().then(
      (assessor) => {
        this.loaded = assessor;
        return assessor;
      },
      (error: unknown) => {
        this.loading = undefined;
        throw error;
      },
    );
    return this.loading;
  }
}
