// Notes every change of a variable that no assignment of an invocation shows: `read X`, `unset X`, `for X in`.
// Invariant: a name that stands for another variable is followed; where that is not possible, it may be any variable.
import type { Expander } from './expand.ts';
import { constantText, type ShellState, type Value } from './state.ts';
import type { VariableChange } from './types.ts';

const MAX_REFERENCES = 4;

/** Notes that `name` is changed; undefined: it is not known which variable. */
export function noteChange(
  { state, host, span }: Expander,
  name: string | undefined,
  how: VariableChange['how'],
  value?: Value,
): void {
  const text = value?.kind === 'scalar' ? constantText(value.parts) : undefined;
  host.change({ name: name && targetOf(state, name), how, value: text, span });
}

/** The variable that a name stands for (`declare -n name=X`); undefined where it is not known. */
export function targetOf(state: ShellState, name: string): string | undefined {
  let target: string | undefined = name;
  for (let step = 0; target !== undefined && state.references.has(target); step++) {
    target = step < MAX_REFERENCES ? state.references.get(target) : undefined;
  }
  return target;
}
