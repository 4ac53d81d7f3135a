// An assessor that is loaded when it is needed first.
// Invariant: where it cannot be loaded, assessing rejects, and the gate lets nothing run.
import type { Policy } from '../core/policy/types.ts';
import type { Assessed, Assessor, AssessRequest } from './assessor.ts';

export class LazyAssessor implements Assessor {
  private loading: Promise<Assessor> | undefined;
  private loaded: Assessor | undefined;

  constructor(private readonly load: () => Promise<Assessor>) {}

  get degraded(): string | undefined {
    return this.loaded?.degraded;
  }

  async assess(command: string, request: AssessRequest): Promise<Assessed> {
    return (await this.loadOnce()).assess(command, request);
  }

  async checkedPolicy(): Promise<Policy> {
    return (await this.loadOnce()).checkedPolicy();
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
