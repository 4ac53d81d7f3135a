// The form of a rule on several calls of a line, and how those hang together.
import type { Invocation } from '../../shell/types.ts';
import type { Effect, Rule } from '../types.ts';

/** A rule that names no programs: code says where it applies. */
export function combined(
  spec: Pick<Rule, 'id' | 'severity' | 'verb' | 'why' | 'recovery' | 'examples'> & Partial<Rule>,
): Rule {
  return {
    programs: [],
    when: {},
    category: 'data-mutation',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    ...spec,
  };
}

/** The effect of such a rule on the call that does the harm. */
export function effectOf(rule: Rule, call: Invocation): Effect {
  const { verb, category, severity, reversible, reach, recovery, alternative, why } = rule;
  return {
    rule: rule.id,
    verb,
    category,
    severity,
    reversible,
    reach,
    target: { kind: 'none', name: '' },
    invocation: call.id,
    span: call.span,
    reason: why,
    recovery,
    alternative,
  };
}

/** Every call whose output reaches this one through pipes. */
export function upstream(
  call: Invocation,
  invocations: readonly Invocation[],
): readonly Invocation[] {
  const found = new Set<Invocation>();
  const open = [call];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.input.kind !== 'pipe') continue;
    for (const id of next.input.from) {
      const writer = invocations[id];
      if (writer && !found.has(writer)) {
        found.add(writer);
        open.push(writer);
      }
    }
  }
  return [...found];
}

/** True where the call stands inside of the other one as a substitution. */
export function standsIn(inner: Invocation, outer: Invocation): boolean {
  return (
    inner.nesting.some((step) => step.kind === 'substitution') &&
    inner.span.start >= outer.span.start &&
    inner.span.end <= outer.span.end
  );
}
