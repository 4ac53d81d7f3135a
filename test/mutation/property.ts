// What must hold for every mutant.
import type { Level } from '../../src/core/risk/types.ts';
import type { Tester } from '../helpers/analysis.ts';
import type { Mutant } from './mutants.ts';
import { singleQuoted } from './spellings.ts';

const RANK: Readonly<Record<Level, number>> = { LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 };

/** Why the mutant is judged worse than its seed deserves; undefined where all is well. */
export function faultOf(tester: Tester, { seed, plain, line }: Mutant): string | undefined {
  const { assessment, ruling } = tester.judge(line);
  if (seed.rule === undefined) {
    if (!assessment.understood) {
      return `a harmless line is not understood: ${assessment.notUnderstood[0]?.why}`;
    }
    return RANK[assessment.level] >= RANK.HIGH
      ? `a harmless line is ${assessment.level}`
      : undefined;
  }
  if (ruling.verdict === 'allow') {
    return 'it is allowed';
  }
  if (!assessment.understood) {
    return undefined;
  }
  const rules = assessment.effects.map((effect) => effect.rule);
  if (!rules.includes(seed.rule)) {
    return `${seed.rule} is not named, only ${[...new Set(rules)].join(', ')}`;
  }
  const expected = tester.judge(plain.map(singleQuoted).join(' ')).assessment.level;
  return RANK[assessment.level] < RANK[expected]
    ? `its level falls from ${expected} to ${assessment.level}`
    : undefined;
}
