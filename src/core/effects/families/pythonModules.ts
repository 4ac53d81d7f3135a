// Rules on modules that python runs by name: `python -m NAME`.
import { standsBeside } from '../inlineEffects.ts';
import { reader } from '../readRule.ts';
import type { Call, EffectContext, Rule } from '../types.ts';
import { words } from '../words.ts';
import { isDjangoTest, moduleOf } from './ownTests.ts';

/** Modules that `python -m` runs and that only compute, check or serve the workspace. */
const SAFE_MODULES =
  /^(json\.tool|tokenize|ast|dis|calendar|platform|sysconfig|site|this|tabnanny|pyclbr|py_compile|compileall)$/;
const MAKING_MODULES = /^(venv|ensurepip|zipapp|build|virtualenv|pydoc|unittest|test)$/;

/** `python -m json.tool` beside a `json.py` runs that file. */
const isShadowed = (call: Call, context: EffectContext) =>
  standsBeside([moduleOf(call).split('.')[0] ?? ''], call.cwd, context);

/** Rules on `python -m`. */
export const pythonModuleRules: readonly Rule[] = [
  {
    id: 'interpreters/module',
    programs: words('python python2 python3 pypy pypy3'),
    when: {
      any: ['-m'],
      test: (call, context) =>
        (!SAFE_MODULES.test(moduleOf(call)) || isShadowed(call, context)) &&
        !isDjangoTest(call) &&
        !MAKING_MODULES.test(moduleOf(call)) &&
        !call.invocation.isTransparentWrapper,
    },
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    target: { option: ['-m'], kind: 'program' },
    why: 'It runs the module {target}.',
    recovery: 'Depends on the module.',
    alternative: 'Look at the module first.',
    examples: {
      match: ['python3 -m http.server', 'python -m mytool'],
      noMatch: ['python3 -m json.tool a.json', 'python3 -m venv .venv'],
    },
  },
  {
    id: 'interpreters/make-module',
    programs: words('python python2 python3'),
    when: {
      any: ['-m'],
      test: (call) => MAKING_MODULES.test(moduleOf(call)) && !call.invocation.isTransparentWrapper,
    },
    verb: 'create',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: 'It makes an environment, or builds or tests the workspace.',
    recovery: 'Delete what it made.',
    examples: { match: ['python3 -m venv .venv'], noMatch: ['python3 -m http.server'] },
  },
  {
    id: 'interpreters/own-test-module',
    programs: words('python python2 python3'),
    when: { any: ['-m'], test: isDjangoTest },
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: "It runs the workspace's own tests.",
    recovery: 'Version control brings the files of the workspace back.',
    examples: {
      match: ['python -m django test shell -v 2'],
      noMatch: ['python -m django flush', 'python3 -m http.server'],
    },
  },
  reader(
    'interpreters/safe-module',
    words('python python2 python3'),
    {
      any: ['-m'],
      test: (call, context) =>
        SAFE_MODULES.test(moduleOf(call)) &&
        call.operands.length <= 1 &&
        !isShadowed(call, context),
    },
    {
      match: ['python3 -m json.tool a.json'],
      noMatch: ['python3 -m pip install x', 'python3 -m timeit 1'],
    },
  ),
];
