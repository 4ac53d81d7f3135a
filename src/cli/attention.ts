// How often a person would be asked about lines that agents really ran: per dial, by agent, and why.
import { decide } from '../core/policy/decide.ts';
import { parsePolicy } from '../core/policy/parsePolicy.ts';
import type { Dial, Policy, PolicyContext } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';

const DIALS: readonly Dial[] = ['listed', 'readOnly', 'contained'];
const SHOWN_REASONS = 15;

interface Count {
  rows: number;
  asked: number;
}

/** Counts questions row by row, so that no assessment has to be kept. */
export class AttentionCounter {
  private readonly policies = new Map<Dial, Policy>(
    DIALS.map((dial) => [
      dial,
      parsePolicy({ autoApprove: dial, rules: undefined, workspaceRules: undefined }),
    ]),
  );
  private readonly byAgent = new Map<string, Count>();
  private readonly reasons = new Map<string, number>();

  /** Counts one line under every dial, with the shipped rules. */
  add(assessment: Assessment, agent: string, context: PolicyContext): void {
    for (const [dial, policy] of this.policies) {
      const isAsked = decide(assessment, policy, context).verdict !== 'allow';
      this.count(`${dial} `, isAsked);
      this.count(`${dial} ${agent}`, isAsked);
      if (!isAsked) continue;
      const key = `${dial} ${reasonOf(assessment, dial)}`;
      this.reasons.set(key, (this.reasons.get(key) ?? 0) + 1);
    }
  }

  /** Questions per 100 lines, for each dial; undefined where no line was counted. */
  summary(): Record<string, unknown> | undefined {
    if (this.byAgent.size === 0) return undefined;
    return Object.fromEntries(DIALS.map((dial) => [dial, this.summaryOf(dial)]));
  }

  private count(key: string, isAsked: boolean): void {
    const count = this.byAgent.get(key) ?? { rows: 0, asked: 0 };
    count.rows++;
    if (isAsked) count.asked++;
    this.byAgent.set(key, count);
  }

  private summaryOf(dial: Dial): Record<string, unknown> {
    const agents = [...this.byAgent].filter(([key]) => key.startsWith(`${dial} `));
    const reasons = [...this.reasons].filter(([key]) => key.startsWith(`${dial} `));
    const total = this.byAgent.get(`${dial} `) ?? { rows: 0, asked: 0 };
    return {
      per100: per100(total),
      byAgent: Object.fromEntries(
        agents
          .filter(([key]) => key !== `${dial} `)
          .map(([key, count]) => [key.slice(dial.length + 1), per100(count)]),
      ),
      reasons: Object.fromEntries(
        reasons
          .sort((left, right) => right[1] - left[1])
          .slice(0, SHOWN_REASONS)
          .map(([key, count]) => [key.slice(dial.length + 1), count]),
      ),
    };
  }
}

function per100({ rows, asked }: Count): string {
  return `${((asked / rows) * 100).toFixed(1)} (${asked} of ${rows})`;
}

/** The rule of the first effect that the dial does not free. */
function reasonOf(assessment: Assessment, dial: Dial): string {
  const { effects, containedEffects, notUnderstood } = assessment;
  const first = effects.find((effect, index) =>
    dial === 'contained' ? containedEffects[index] !== true : effect.severity !== 'none',
  );
  if (first) return first.rule;
  return notUnderstood.length > 0 ? 'not understood' : 'not listed';
}
