// Interpreters and shells that are started with a file, with a module, or with nothing.
import { deedOfWord } from '../deedWords.ts';
import { reader } from '../readRule.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { isOwnTask, isOwnTest, moduleOf } from './ownTests.ts';
import { pythonModuleRules } from './pythonModules.ts';

const INTERPRETERS = words(`
  python python2 python3 pypy pypy3 node nodejs bun deno tsx ts-node perl ruby php lua
  luajit Rscript R tclsh groovy julia scala elixir erl guile racket sbcl octave osascript
  bash sh zsh dash ksh fish java
`);

/** True where an interpreter only looks at the grammar of one file; perl is none of these, because `perl -c` runs BEGIN blocks. */
function onlyChecks(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.operands.length > 1) return false;
  const only = (...names: string[]) =>
    call.options.length > 0 && call.options.every(({ name }) => names.includes(name));
  switch (call.program) {
    case 'node':
    case 'nodejs':
      return only('--check', '-v', '--version');
    case 'php':
      return (
        only('-l', '-v', '--version') || (call.operands.length === 0 && only('-m', '-i', '--ini'))
      );
    case 'ruby':
      return only('-c', '-w', '-v', '--version', '--syntax');
    case 'bash':
    case 'sh':
    case 'zsh':
    case 'dash':
    case 'ksh':
      return only('-n', '-v', '--version') && (call.has('-n') || call.operands.length === 0);
    default:
      return call.program === 'perl' && only('-v', '--version');
  }
}

/** `python3 - <<EOF`: the code stands in the line and is judged by itself. */
const readsItsText = (call: Call) =>
  call.operands[0]?.value === '-' && call.invocation.input.kind === 'text';

/** `bun run build` and `bun install`; a file behind `run` is a script. */
const isBunTask = ({ operands: [first, second] }: Call) =>
  first?.value === 'run'
    ? second?.value !== undefined && !/[./]/.test(second.value)
    : /^(test|x|install|i|add|a|remove|rm|update|outdated|pm|link|unlink|create|init|build|upgrade|audit|why|info|publish)$/.test(
        first?.value ?? '',
      );

export const interpretersFamily: Family = {
  name: 'interpreters',
  about: 'Scripts and modules that an interpreter runs. One-liners are looked into.',
  syntax: [
    {
      programs: words('python python2 python3 pypy pypy3'),
      valueOptions: ['-c', '-m', '-W', '-X'],
      stopsAtOperand: true,
    },
    {
      programs: ['node', 'nodejs', 'tsx'],
      valueOptions: words('-e --eval -r --require -p --print --import --loader'),
      stopsAtOperand: true,
      abbreviates: false,
    },
    {
      programs: words('perl ruby php lua Rscript bash sh zsh dash ksh fish java'),
      stopsAtOperand: true,
      valueOptions: ['-e', '-c', '-r', '-I', '-jar', '-cp'],
      abbreviates: false,
    },
  ],
  rules: [
    {
      id: 'interpreters/script',
      programs: INTERPRETERS,
      when: {
        test: (call, context) =>
          moduleOf(call) === '' &&
          call.operands.length > 0 &&
          !onlyChecks(call) &&
          !isOwnTest(call, context) &&
          !isOwnTask(call, context) &&
          !readsItsText(call) &&
          !(call.program === 'bun' && isBunTask(call)) &&
          !(/^node(js)?$/.test(call.program) && call.has('--test')) &&
          !call.has('-c', '-e', '--eval', '-p', '--print', '-r', '-E', '--check', '--version') &&
          !(
            call.program === 'deno' &&
            /^(eval|fmt|lint|check|info|doc)$/.test(call.operands[0]?.value ?? '')
          ) &&
          !call.invocation.isTransparentWrapper,
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: 'first',
      why: 'It runs {target}, which may do anything.',
      recovery: 'Depends on what the file does.',
      alternative: 'Read the file first.',
      examples: {
        match: ['python3 tool.py', 'node deploy.js', 'bash build-and-deploy.sh'],
        noMatch: ['python3 -c "print(1)"', 'node --version'],
      },
    },
    {
      id: 'interpreters/own-test',
      programs: INTERPRETERS,
      when: { test: (call, context) => isOwnTest(call, context) || isOwnTask(call, context) },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'minor',
      reversible: 'effort',
      reach: 'workspace',
      target: 'first',
      why: 'It runs {target}, by its name a test or a task that lists or builds.',
      recovery: 'Version control brings the files of the workspace back.',
      examples: {
        match: [
          'python manage.py check',
          'php artisan route:list',
          'python test_form.py',
          'node scripts/check-links.js',
          'python3 reproduce_issue.py',
          'node scripts/build.js',
          'php vendor/bin/phpunit',
        ],
        noMatch: [
          'python manage.py flush',
          'php artisan tinker',
          'python deploy.py',
          'python /tmp/test_x.py',
          'python -c 1',
        ],
      },
    },
    {
      id: 'interpreters/perl-open',
      programs: ['perl'],
      when: {
        test: (call) =>
          call.operands.some((word) => /^\s*[|>+]|\|\s*$/.test(word.value ?? '')) &&
          !call.invocation.isTransparentWrapper,
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'unknown',
      reach: 'machine',
      target: 'none',
      why: 'perl takes a file name with `|` for a program that it starts, and one with `>` for a file to empty.',
      recovery: 'Depends on what it starts.',
      examples: { match: ["perl -ne print 'ls|'"], noMatch: ['perl -ne print a.txt'] },
    },
    {
      id: 'interpreters/java-destroy',
      programs: ['java'],
      when: {
        test: (call) =>
          call.invocation.argv.some((word) => word.value === '-jar') &&
          call.invocation.argv.some(
            ({ value = '' }) =>
              /^[a-z]+([-_:][\w-]+)*$/.test(value) &&
              (/^(destroy|stop)$/.test(deedOfWord(value)) ||
                /^(groovy(sh)?|quiet-down|(safe-)?restart|disable-\w+)$/.test(value)),
          ),
      },
      verb: 'destroy-infrastructure',
      category: 'infrastructure',
      severity: 'serious',
      reversible: 'no',
      reach: 'shared',
      target: 'none',
      why: 'A word of this call says that the program deletes or stops something.',
      recovery: 'Depends on what it deletes.',
      examples: {
        match: [
          'java -jar jenkins-cli.jar -s http://ci delete-job x',
          'java -jar jenkins-cli.jar safe-shutdown',
        ],
        noMatch: ['java -jar app.jar', 'java -jar jenkins-cli.jar list-jobs'],
      },
    },
    ...pythonModuleRules,
    reader(
      'interpreters/check',
      words('node nodejs php ruby perl bash sh zsh'),
      { test: onlyChecks },
      {
        match: ['node --check a.js', 'bash -n a.sh', 'php -l a.php', 'ruby -c a.rb'],
        noMatch: ['node a.js', 'perl -n a.pl'],
      },
    ),
    {
      id: 'interpreters/interactive',
      programs: INTERPRETERS,
      when: {
        operands: { max: 0 },
        test: (call) =>
          call.options.every((option) =>
            /^-[liqsu]$|^--(login|interactive|norc|noprofile|posix)$/.test(option.name),
          ) &&
          !call.invocation.isTransparentWrapper &&
          call.invocation.input.kind === 'inherit',
      },
      verb: 'execute-code',
      category: 'data-mutation',
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      target: 'none',
      why: 'It opens a shell or interpreter whose input the gate does not see.',
      recovery: 'Depends on what is typed.',
      examples: { match: ['bash', 'python3', 'bash -i'], noMatch: ['bash a.sh'] },
    },
  ],
};
