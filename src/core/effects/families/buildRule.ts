// What the rules on builds share: defaults, and which tasks are the workspace's own and stay in it.
import { classifyPath } from '../targets.ts';
import type { Call, EffectContext, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** The workspace's own code runs; version control and another build bring back what it changes. */
export function build(spec: Spec): Rule {
  return {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    recovery: 'Version control has the sources; build again for the rest.',
    ...spec,
  };
}

/** First operand that is a task, such as `test` in `mise run test`. */
export const first = (call: Call) => call.operands[0]?.value ?? '';

/** Task words that send work to others; a runner's name says nothing against them. */
const REACHES_OUT =
  /(^|[:_-])(deploy|publish|release|destroy|migrate|seed|reset|drop|push|prod|production|teardown|nuke|purge)([:_-]|$)/i;

/** Options that name the file or folder of the tasks. */
const TASK_FILES = words(
  '-C -f -t -d --directory --file --makefile --justfile --taskfile --working-directory --prefix --cwd --dir --rakefile',
);

/** Options that are the task's text, or say who reads it. */
const TASK_TEXT = words('--eval --shell --shell-arg --shell-command --command --script-shell');

/** True where the task stands in a file of the workspace, and is read as it would be without options. */
export function isOwnTask(call: Call, context: EffectContext): boolean {
  const word = call.valueOf(...TASK_FILES);
  const { place } = word
    ? classifyPath(word, call.invocation.cwd, context)
    : { place: 'workspace' };
  const isText = call.has(...TASK_TEXT) || /^-$|^\/dev\//.test(word?.value ?? '');
  const isChanged = call.operands.some((operand) =>
    /^exec(-maven-plugin)?:|^antrun:|^(SHELL|MAKEFLAGS|\.SHELLFLAGS)\s*[:?+]?=|^\w+\s*[:?+]?=.*(\$\(|`)/s.test(
      operand.value ?? '',
    ),
  );
  const isInside = /^(workspace|workspace-root|disposable)$/.test(place ?? '');
  return isInside && !isText && !isChanged;
}

export const runsHarmlessTask = (call: Call, context: EffectContext) =>
  isOwnTask(call, context) &&
  call.operands.every((word) => word.value !== undefined && !REACHES_OUT.test(word.value));

export const runsFarTask = (call: Call) =>
  call.operands.some((word) => REACHES_OUT.test(word.value ?? ''));
