// Programs that are started inside a container or a pod by words that can be read for certain.
// Invariant: only where the walk lists the program as a call of its own, so that what it does is judged there.
import type { Call } from '../types.ts';
import { words } from '../words.ts';

/** Options of `exec` that only join its input and output to ours. */
const JOINS = /^(-[itT]+|--interactive|--tty|--no-TTY)$/;
const NAME = /^\w[\w.-]*$/;

/** The program that `docker exec NAME PROGRAM` starts; undefined where other words stand between. */
export function programInContainer(call: Call): string | undefined {
  const values = call.invocation.argv.slice(1).map(({ value }) => value ?? '$');
  if (call.invocation.hasUnknownOperands) return undefined;
  let at = 0;
  const isCompose = values[at] === 'compose' || call.program.includes('compose');
  if (values[at] === 'compose') at++;
  // Which project is meant; the files of it stand in the workspace.
  while (isCompose && /^(-f|-p|--file|--project-name)$/.test(values[at] ?? '')) {
    if (!/^\w[\w./-]*$/.test(values[at + 1] ?? '')) return undefined;
    at += 2;
  }
  if (values[at] === 'container') at++;
  if (values[at++] !== 'exec') return undefined;
  while (JOINS.test(values[at] ?? '')) at++;
  const [name = '', program = ''] = values.slice(at);
  return NAME.test(name) && /^\w[\w.+/-]*$/.test(program) ? program : undefined;
}

/** Programs that tell something about a pod, or clients whose statements are read. */
const TELLING = new Set(
  words(
    'ls cat head tail ps date df du free uptime hostname id whoami pwd uname stat wc grep egrep ss netstat psql mysql redis-cli mongosh',
  ),
);

/** The same for `kubectl exec POD -- PROGRAM`; only of such programs, because the cluster is shared. */
export function programInPod(call: Call): string | undefined {
  const values = call.invocation.argv.slice(1).map(({ value }) => value ?? '$');
  const dashes = values.indexOf('--');
  if (call.invocation.hasUnknownOperands || dashes < 0) return undefined;
  const before = values.slice(0, dashes);
  const operands: string[] = [];
  for (let at = 0; at < before.length; at++) {
    const value = before[at] ?? '';
    if (/^(-n|-c|--namespace|--container)$/.test(value)) {
      if (!NAME.test(before[++at] ?? '')) return undefined;
    } else if (!JOINS.test(value) && !/^--(namespace|container)=\w[\w.-]*$/.test(value)) {
      operands.push(value);
    }
  }
  const [verb, pod = '', ...others] = operands;
  const program = values[dashes + 1] ?? '';
  const isPlain = verb === 'exec' && /^\w[\w./-]*$/.test(pod) && others.length === 0;
  return isPlain && TELLING.has(program) ? program : undefined;
}
