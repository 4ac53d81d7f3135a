// Rules on task runners: the workspace's tasks, tasks from elsewhere, tasks that reach others.
import { pretends } from '../pretending.ts';
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { build, first, isOwnTask, runsFarTask, runsHarmlessTask } from './buildRule.ts';
import { fitsTable, type WordTable } from './wordTable.ts';
import { publishesIntoFolder } from './workspaceTools.ts';

/** `npm run x`, `npm test`, and with yarn, pnpm and bun also the script's bare name. */
function isPackageTask(call: Call): boolean {
  // `yarn workspace NAME TASK`
  if (call.program === 'yarn' && first(call) === 'workspace')
    return /^(run|test|start|lint|build|typecheck|check|format|dev|jest|tsc|eslint|vitest)([:_-].*)?$/.test(
      call.operands[2]?.value ?? '',
    );
  const word = first(call);
  if (/^(run|run-script)$/.test(word)) return call.operands.length > 1;
  if (/^(test|t|tst|start|stop|restart)$/.test(word)) return true;
  if (call.program === 'npm') return false;
  return /^(lint|build|typecheck|type-check|check|format|fmt|dev|test[:_-].*|lint[:_-].*|build[:_-].*|tsc|eslint|jest|vitest|prettier)$/.test(
    word,
  );
}

/** By program: the words with which it runs code that stands on the line, or a file that is no task of it. */
const CODE: WordTable = {
  swift: /^-e\b/,
  mix: /^(eval|rpc)\b|^run\b.*\s(-e|--eval|-r|--require)\b/,
  stack: /^(eval|script|runghc|runhaskell)\b|^(exec|ghc|ghci)\b.*\s-e\b/,
  cabal: /^(exec|repl)\b.*\s-e\b/,
  crystal: /^eval\b/,
  dotnet: /^(fsi|exec|script eval)\b/,
  rake: /(^|\s)(-[eEp]|--execute\S*)(\s|$)/,
  gradle: /(^|\s)(-I|--init-script)\b/,
  gradlew: /(^|\s)(-I|--init-script)\b/,
  sbt: /(^|\s)(eval|set|apply)\b/,
  lein: /(^|\s)(eval|update-in)\b|\brun -m clojure\.main\b/,
  rebar3: /(^|\s)(--eval|eval)\b/,
};
const CODE_ON_LINE = fitsTable(CODE);

/** Rules on task runners. */
export const taskRules: readonly Rule[] = [
  build({
    id: 'builds/task',
    programs: words(
      'make gmake just task go-task rake mage invoke inv gradle gradlew mvn mvnw sbt lein ant bazel bazelisk buck2 nx turbo lerna moon pants earthly dotnet mix rebar3 zig swift stack cabal dune elm gleam crystal shards nimble hatch doit grunt gulp',
    ),
    when: {
      test: (call, context) =>
        runsHarmlessTask(call, context) &&
        !CODE_ON_LINE(call) &&
        !/^(add|install|publish|tool|nuget|hex\..*|uninstall)$/.test(first(call)),
    },
    why: 'It runs a task of the workspace.',
    examples: {
      match: ['make test', 'just build', 'gradle build'],
      noMatch: ['make deploy', 'make install'],
    },
  }),
  build({
    id: 'builds/code-on-line',
    programs: Object.keys(CODE),
    when: { test: CODE_ON_LINE },
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    why: 'It runs code that stands on the line, or that another file brings in, and that is not read here.',
    recovery: 'Depends on the code.',
    alternative: 'Put the code in a file of the workspace and run that.',
    examples: {
      match: [
        "mix run -e 'IO.puts 1'",
        "swift -e 'print(1)'",
        "rake -e 'x'",
        'gradle -I x.gradle build',
      ],
      noMatch: ['mix test', 'swift build', 'rake test', 'gradle build', 'mix run priv/seeds.exs'],
    },
  }),
  build({
    id: 'builds/foreign-task',
    programs: words(
      'make gmake just task go-task rake gradle gradlew mvn ant bazel invoke inv doit npm pnpm yarn bun mise rtx',
    ),
    when: { test: (call, context) => !isOwnTask(call, context) },
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    why: 'It runs a task from outside the workspace, or text that stands on the command line.',
    recovery: 'Depends on the task.',
    alternative: 'Read the file of the tasks first.',
    examples: {
      match: [
        'make -f /tmp/x.mk',
        'task -t /tmp/x.yml y',
        'make --eval="x:;rm y" x',
        'make SHELL=./x',
        'just --shell x',
      ],
      noMatch: ['make -C src test', 'make -f build.mk', 'just build', 'npm --prefix web test'],
    },
  }),
  build({
    id: 'builds/far-task',
    programs: words(
      'make gmake just task go-task rake mage invoke inv gradle gradlew mvn mvnw sbt lein ant bazel bazelisk nx turbo lerna moon pants earthly dotnet mix zig hatch doit grunt gulp npm pnpm yarn bun mise',
    ),
    when: {
      test: (call) =>
        runsFarTask(call) &&
        !publishesIntoFolder(call) &&
        !/^(config|info|view|help|ef)$/.test(first(call)) &&
        !pretends(call, '--dry-run'),
    },
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    why: 'It runs a task whose name says that it reaches others or resets something.',
    recovery: 'Depends on the task.',
    alternative: 'Read what the task does first.',
    examples: { match: ['make deploy', 'npm run db:reset'], noMatch: ['make test'] },
  }),
  build({
    id: 'builds/install-task',
    programs: words('make gmake ninja cmake just task'),
    when: {
      test: (call) =>
        call.operands.some((word) => /^(install|uninstall)([:_-].*)?$/.test(word.value ?? '')) ||
        call.has('--install'),
    },
    severity: 'moderate',
    reversible: 'unknown',
    reach: 'machine',
    why: 'It installs what was built.',
    recovery: 'Depends on what is installed.',
    examples: { match: ['make install'], noMatch: ['make test'] },
  }),
  build({
    id: 'builds/mise-run',
    programs: ['mise', 'rtx'],
    when: {
      subcommand: words('run r watch tasks'),
      test: (call, context) =>
        runsHarmlessTask(call, context) &&
        !(call.subcommand[0] === 'tasks' && /^(ls|list|info|deps|validate)?$/.test(first(call))),
    },
    why: 'It runs a task of the workspace.',
    examples: { match: ['mise run test'], noMatch: ['mise install', 'mise run deploy'] },
  }),
  build({
    id: 'builds/npm-run',
    programs: words('npm pnpm yarn bun'),
    when: { test: (call, context) => isPackageTask(call) && runsHarmlessTask(call, context) },
    why: 'It runs a script of the workspace.',
    examples: {
      match: ['npm test', 'npm run build', 'yarn lint', 'pnpm test'],
      noMatch: ['npm run deploy', 'npm install', 'npm publish', 'npm rebuild'],
    },
  }),
  reader(
    'builds/just-list',
    ['just'],
    {
      any: ['-l', '--list', '--summary', '-n', '--dry-run'],
      none: [
        '--evaluate',
        '--choose',
        '--fmt',
        '--init',
        '--edit',
        '-e',
        '-c',
        '--command',
        '--shell',
      ],
    },
    { match: ['just --list'], noMatch: ['just build', 'just --list --evaluate'] },
    'none',
  ),
];
