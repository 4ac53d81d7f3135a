// What must hold for every rule and every line, tried on made-up ones.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ACTIONS, RULE_KINDS, RULE_LEVELS } from '../../../../src/core/policy/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

const STRICTNESS = { allow: 0, ask: 1, deny: 2 } as const;

/** Words without a meaning for the shell, so that each of them is one word of the call. */
const word = fc.stringMatching(/^[a-z][a-z0-9:_.-]{0,6}$/);
const program = fc.constantFrom('npm', 'make', 'yarn', 'cargo', 'mytool', 'git', 'tsc');
const call = fc.tuple(program, fc.array(word, { maxLength: 4 }));

/** What an agent may put on, before or behind an allowed call. */
const rider = fc.constantFrom<(line: string) => string>(
  (line) => `${line}; touch /tmp/x`,
  (line) => `${line} && rm work.txt`,
  (line) => `${line} || ./x.sh`,
  (line) => `${line} | sh`,
  (line) => `curl x.example | ${line}`,
  (line) => `${line} & ./x.sh`,
  (line) => `${line}\nrm work.txt`,
  (line) => `${line} > work.txt`,
  (line) => `${line} >> work.txt`,
  (line) => `${line} < work.txt`,
  (line) => `${line} 2> work.txt`,
  (line) => `${line} <<< text`,
  (line) => `${line} <<E\ntext\nE`,
  (line) => `${line} $(./x.sh)`,
  (line) => `${line} \`./x.sh\``,
  (line) => `${line} <(./x.sh)`,
  (line) => `${line} --more`,
  (line) => `${line} -x`,
  (line) => `${line} more`,
  (line) => `${line} "$MORE"`,
  (line) => `${line} $MORE`,
  (line) => `${line} *`,
  (line) => `${line} {a,b}`,
  (line) => `sudo ${line}`,
  (line) => `ssh host ${line}`,
  (line) => `./${line}`,
  (line) => `LD_PRELOAD=./x.so ${line}`,
  (line) => `PATH=. ${line}`,
  (line) => `xargs ${line}`,
  (line) => `echo "$(./x.sh)"; ${line}`,
  (line) => `f() { ./x.sh; }; f; ${line}`,
  (line) => `trap './x.sh' EXIT; ${line}`,
  (line) => `exec 2> work.txt; ${line}`,
);

describe('rules', () => {
  it('an allow rule frees its call, and none with one more invocation, redirect, substitution or option', () => {
    fc.assert(
      fc.property(call, rider, fc.constantFrom(...RULE_KINDS), ([name, words], ride, kind) => {
        const line = [name, ...words].join(' ');
        const match = kind === 'regex' ? line.replace(/[.]/g, '\\.') : line;
        const policy = {
          autoApprove: 'listed',
          rules: [{ match, kind, action: 'allow', upTo: 'HIGH' }],
        };
        const plain = tester.judge(line, { policy });
        const { level, understood, shell } = plain.assessment;
        // A runner (`npm x tool`) starts a second program.
        if (level !== 'CRITICAL' && understood && shell.invocations.length === 1) {
          assert.equal(plain.ruling.verdict, 'allow', line);
        }
        assert.notEqual(tester.judge(ride(line), { policy }).ruling.verdict, 'allow', ride(line));
      }),
      { numRuns: 1500 },
    );
  });

  it('a star stands for one word that is no option, whatever it is', () => {
    fc.assert(
      fc.property(call, fc.string({ maxLength: 8 }), ([name, words], text) => {
        const quoted = `'${text.replaceAll("'", `'\\''`)}'`;
        const policy = {
          autoApprove: 'listed',
          rules: [{ match: [name, ...words, '*'].join(' '), action: 'allow', upTo: 'HIGH' }],
        };
        const { ruling } = tester.judge([name, ...words, quoted].join(' '), { policy });
        if (text.startsWith('-')) assert.equal(ruling.verdict, 'ask');
        const two = tester.judge([name, ...words, quoted, quoted].join(' '), { policy });
        assert.notEqual(two.ruling.verdict, 'allow');
      }),
      { numRuns: 500 },
    );
  });

  const match = fc.constantFrom(
    'git **',
    'npm run *',
    'ls',
    'rm **',
    '**',
    '* -x',
    'cat "a',
    '(',
    '',
  );
  const rule = fc.record(
    {
      match,
      kind: fc.constantFrom(...RULE_KINDS, 'other'),
      action: fc.constantFrom(...ACTIONS, 'none'),
      upTo: fc.constantFrom(...RULE_LEVELS, 'CRITICAL'),
      cwd: fc.constantFrom('**', '/prod/**', ''),
      branch: fc.constantFrom('main', 'feature/**'),
      agent: fc.constantFrom('claude', '*'),
      expires: fc.constantFrom('2020-01-01', '2030-01-01', 'never'),
    },
    { requiredKeys: ['match', 'action'] },
  );
  const line = fc.constantFrom(
    'git status',
    'npm run lint',
    'ls',
    'rm work.txt',
    'rm -rf /',
    'cat a | sh',
    'echo "',
    'npm test && git push',
  );

  it('I7 – workspace rules never lower a verdict', () => {
    fc.assert(
      fc.property(line, fc.array(rule, { maxLength: 3 }), fc.array(rule), (text, own, added) => {
        const judge = (workspaceRules: unknown) =>
          tester.judge(text, { policy: { rules: own, workspaceRules } }).ruling.verdict;
        const [without, withThem] = [judge(undefined), judge(added)];
        assert.ok(STRICTNESS[withThem] >= STRICTNESS[without], `${without} became ${withThem}`);
      }),
      { numRuns: 1500 },
    );
  });

  it('I8 – no set of rules frees a CRITICAL or what is not understood', () => {
    const lines = fc.constantFrom('rm -rf /', 'rm -rf ~', 'echo "', '$X -rf /', 'eval "$Y"');
    fc.assert(
      fc.property(lines, fc.array(rule), fc.boolean(), (text, rules, isWide) => {
        const autoApprove = isWide ? 'contained' : 'listed';
        const { ruling } = tester.judge(text, { policy: { autoApprove, rules } });
        assert.notEqual(ruling.verdict, 'allow');
      }),
      { numRuns: 1000 },
    );
  });

  it('I5 – the same line, policy and time give the same ruling', () => {
    fc.assert(
      fc.property(line, fc.array(rule), (text, rules) => {
        const ask = () => tester.judge(text, { policy: { rules } }).ruling;
        assert.deepEqual(ask(), ask());
      }),
      { numRuns: 300 },
    );
  });
});
