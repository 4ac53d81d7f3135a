// Which rule takes which line, and what no rule frees.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

let tester: Tester;
before(async () => {
  tester = await createTester();
});

type Options = Parameters<Tester['judge']>[1];
const verdict = (text: string, rules: unknown, options: Options = {}) =>
  tester.judge(text, { ...options, policy: { autoApprove: 'listed', rules, ...options.policy } })
    .ruling.verdict;

const allow = (match: string, more: object = {}) => [{ match, action: 'allow', ...more }];
const HIGH = { upTo: 'HIGH' };

describe('decide', () => {
  describe('tokens', () => {
    for (const [match, line, expected] of [
      ['npm run lint', 'npm run lint', 'allow'],
      ['npm run lint', "npm 'run' li\\nt", 'allow'],
      ['npm run lint', 'npm run lint 2>&1', 'allow'],
      ['npm run lint', 'npm run lint >/dev/null', 'allow'],
      ['npm run lint', 'NO_COLOR=1 npm run lint', 'allow'],
      ['npm run lint', 'timeout 5 npm run lint', 'allow'],
      ['npm run lint', 'bash -c "npm run lint"', 'allow'],
      ['npm run lint', 'npm run lint && npm run lint', 'allow'],
      ['npm run *', 'npm run build', 'allow'],
      ['npm run **', 'npm run build --watch', 'allow'],
      ['npx eslint **', 'npx eslint src', 'allow'],
      ['npx **', 'npx some-generator', 'ask'],
      ['timeout 5 **', 'timeout 5 rm work.txt', 'ask'],
      ['xargs rm', 'xargs rm', 'ask'],
      ['npm run lint', 'npm run lint --fix', 'ask'],
      ['npm run *', 'npm run --prefix', 'ask'],
      ['npm run lint', 'npm run lint > out.txt', 'ask'],
      ['npm run lint', 'npm run lint < in.txt', 'ask'],
      ['npm run lint', 'echo y | npm run lint', 'ask'],
      ['npm run lint', 'npm run lint <<< y', 'ask'],
      ['npm run lint', 'npm run lint; rm work.txt', 'ask'],
      ['npm run lint', 'npm run lint $(touch x)', 'ask'],
      ['npm run *', 'npm run "$NAME"', 'ask'],
      ['npm run *', 'npm run *', 'ask'],
      ['npm run lint', 'sudo npm run lint', 'ask'],
      ['npm run lint', 'ssh host npm run lint', 'ask'],
      ['npm run lint', 'docker exec c npm run lint', 'ask'],
      ['npm run lint', './npm run lint', 'ask'],
      ['npm run lint', 'NODE_OPTIONS="-r ./x.js" npm run lint', 'ask'],
      ['npm run lint', 'PATH=.:$PATH npm run lint', 'ask'],
      ['npm run lint', 'cat names | xargs npm run lint', 'ask'],
      ['mkdir src/*', 'mkdir src/../../x', 'ask'],
      ['mkdir src/**', 'mkdir src/../../x', 'ask'],
    ] as const) {
      it(`\`${match}\` – \`${line}\` – ${expected}`, () => {
        assert.equal(verdict(line, allow(match)), expected);
      });
    }
  });

  describe('exact', () => {
    for (const [match, line, expected] of [
      ['cd web && npm run lint', 'cd web && npm run lint', 'allow'],
      ['cd web && npm run lint', ' cd web && npm run lint ', 'allow'],
      ['cd web && npm run lint', 'cd web && npm run lint ', 'allow'],
      ['cd web && npm run lint', 'cd  web && npm run lint', 'ask'],
      ['npm run lint', 'npm run lint; npm run lint', 'ask'],
      ['rm work.txt', 'rm work.txt', 'ask'],
    ] as const) {
      it(`\`${match}\` – \`${line}\` – ${expected}`, () => {
        assert.equal(verdict(line, allow(match, { kind: 'exact' })), expected);
      });
    }
  });

  describe('regex', () => {
    for (const [match, line, expected] of [
      ['npm run (lint|build)', 'npm run lint', 'allow'],
      ['npm run .*', 'npm run lint', 'allow'],
      ['npm run .*', 'npm run lint; rm work.txt', 'ask'],
      ['npm run .*', 'npm run lint $(rm work.txt)', 'ask'],
      ['npm run .*', 'npm run lint > out.txt', 'ask'],
      ['npm run .*', 'sudo npm run lint', 'ask'],
      ['npm run .*', 'npm run "$NAME"', 'ask'],
      ['npm run lint', "npm run 'lint x'", 'ask'],
      ['.*', 'rm -rf /', 'ask'],
    ] as const) {
      it(`/${match}/ – \`${line}\` – ${expected}`, () => {
        assert.equal(verdict(line, allow(match, { kind: 'regex' })), expected);
      });
    }
  });

  describe('deny and ask', () => {
    const deny = (match: string, kind = 'tokens') => [
      { match: '[a-z]+ .*', kind: 'regex', action: 'allow', ...HIGH },
      { match, kind, action: 'deny' },
    ];
    for (const [match, line] of [
      ['rm **', 'ls; rm work.txt'],
      ['rm **', '/bin/rm work.txt'],
      ['rm **', 'r\\m work.txt'],
      ['rm **', 'sudo rm work.txt'],
      ['rm **', 'bash -c "rm work.txt"'],
      ['rm **', 'echo $(rm work.txt)'],
      ['rm **', 'find . -name x | xargs rm'],
      ['rm -rf **', 'find . -name x | xargs rm'],
      ['rm -rf **', 'rm $WORDS'],
      ['git push --force **', 'git push "$OPTION" origin'],
      ['npm run *', 'npm run build'],
      ['terraform destroy **', 'terraform -chdir=prod destroy'],
      ['kubectl delete **', 'kubectl --context prod -n x delete pod y'],
      ['git push **', 'git -C sub --no-pager push'],
      ['git push **', 'git -c a.b=c push origin main'],
      ['npm run *', 'npm --prefix web run build'],
      ['aws s3 rm **', 'aws --profile prod s3 --region x rm s3://b'],
      ['cargo publish **', 'cargo +nightly publish'],
      ['tool deploy **', 'tool --env prod --yes deploy now'],
    ] as const) {
      it(`\`${match}\` denies \`${line}\``, () => {
        assert.equal(verdict(line, deny(match)), 'deny');
      });
    }

    it('options before the subcommand hide it from no kind of rule', () => {
      const line = 'terraform -chdir=prod destroy';
      assert.equal(verdict(line, deny('terraform destroy', 'exact')), 'deny');
      assert.equal(verdict(line, deny('terraform destroy.*', 'regex')), 'deny');
      for (const other of ['git log push', 'git --no-pager log push', 'git -C push log'])
        assert.notEqual(verdict(other, deny('git push **')), 'deny', other);
    });

    it('a regex sees the words through their quotes', () => {
      assert.equal(verdict("npm 'run' bu\\ild", deny('npm run build', 'regex')), 'deny');
    });

    it('deny wins over ask, ask over allow', () => {
      const rule = (action: string) => ({ match: 'npm run lint', action });
      assert.equal(verdict('npm run lint', [rule('allow'), rule('ask')]), 'ask');
      assert.equal(verdict('npm run lint', [rule('deny'), rule('allow'), rule('ask')]), 'deny');
    });
  });

  describe('where and when', () => {
    const at = (more: object) => allow('npm run lint', more);

    it('the folder counts where the call runs, not where the line starts', () => {
      const rules = at({ cwd: '**/app' });
      assert.equal(verdict('npm run lint', rules), 'allow');
      assert.equal(verdict('cd /elsewhere && npm run lint', rules), 'ask');
      assert.equal(verdict('cd "$X" && npm run lint', rules), 'ask');
      assert.equal(verdict('npm run lint', at({ cwd: '**/app/**' })), 'allow');
      assert.equal(verdict('npm run lint', at({ cwd: '**/other/**' })), 'ask');
    });

    it('the branch has to be known, and must not change on the way', () => {
      const rules = at({ branch: 'feature/**' });
      const branch = 'feature/a';
      assert.equal(verdict('npm run lint', rules, { branch }), 'allow');
      assert.equal(verdict('npm run lint', rules), 'ask');
      assert.equal(verdict('npm run lint', rules, { branch: 'main' }), 'ask');
      const moved = [...rules, ...allow('git checkout *', HIGH)];
      assert.equal(verdict('git checkout main && npm run lint', moved, { branch }), 'ask');
    });

    it('a deny rule counts where branch, agent or folder are not known', () => {
      const deny = (more: object) => [{ match: 'npm run lint', action: 'deny', ...more }];
      assert.equal(verdict('npm run lint', deny({ branch: 'main' })), 'deny');
      assert.equal(verdict('npm run lint', deny({ agent: 'x' })), 'deny');
      assert.equal(verdict('cd "$X" && npm run lint', deny({ cwd: '/prod/**' })), 'deny');
      assert.equal(verdict('npm run lint', deny({ branch: 'main' }), { branch: 'x' }), 'ask');
    });

    it('a rule ends with its last day', () => {
      const rules = at({ expires: '2026-06-01' });
      const on = (now: string) => verdict('npm run lint', rules, { now: new Date(now) });
      assert.equal(on('2026-06-01T23:59:00Z'), 'allow');
      assert.equal(on('2026-06-02T00:00:00Z'), 'ask');
    });

    it('the agent counts by name', () => {
      assert.equal(verdict('npm run lint', at({ agent: 'claude*' }), { agent: 'claude' }), 'allow');
      assert.equal(verdict('npm run lint', at({ agent: 'claude*' }), { agent: 'codex' }), 'ask');
    });
  });

  describe('levels', () => {
    it('I8 – what cannot be taken back needs a rule that names its level', () => {
      const line = 'rm work.txt';
      assert.equal(tester.judge(line).assessment.questions.reversible.answer, 'no');
      assert.equal(verdict(line, allow('rm *')), 'ask');
      assert.equal(verdict(line, allow('rm *', { upTo: 'MEDIUM' })), 'ask');
      assert.equal(verdict(line, allow('rm *', HIGH)), 'allow');
    });

    it('each call by itself: a reader up to LOW may stand beside a build', () => {
      const line = 'git status && npm run lint';
      assert.equal(verdict(line, allow('npm run lint')), 'allow');
    });

    it('one call above its rule holds the line', () => {
      const rules = [...allow('npm run lint'), ...allow('git push **')];
      assert.equal(verdict('npm run lint && git push --force origin x', rules), 'ask');
    });
  });

  describe('observe', () => {
    const observe = { policy: { observe: true } };

    it('lets run what would have asked, and says so', () => {
      const { ruling } = tester.judge('rm work.txt', observe);
      assert.equal(ruling.verdict, 'allow');
      assert.equal(ruling.because[0]?.code, 'observe');
      assert.equal(ruling.because[1]?.code, 'irreversible');
    });

    it('deny rules still deny', () => {
      const rules = [{ match: 'rm **', action: 'deny' }];
      assert.equal(verdict('rm x', rules, observe), 'deny');
    });

    it('what only reads is allowed as ever', () => {
      assert.equal(tester.judge('git status', observe).ruling.because[0]?.code, 'rule');
    });
  });

  it('lockdown denies whatever it is', () => {
    const { ruling } = tester.judge('git status', { lockdown: 'The agent was stopped.' });
    assert.deepEqual(ruling, {
      verdict: 'deny',
      because: [{ code: 'lockdown', text: 'The agent was stopped.' }],
    });
  });

  describe('I8 – nothing releases CRITICAL', () => {
    const line = 'rm -rf /';
    const all = { autoApprove: 'contained', observe: true };
    const cases: readonly [string, Record<string, unknown>][] = [
      ['a token rule', { rules: allow('rm **', HIGH) }],
      ['an exact rule', { rules: allow(line, { kind: 'exact', ...HIGH }) }],
      ['a regular expression', { rules: allow('.*', { kind: 'regex', ...HIGH }) }],
      ['a rule that names CRITICAL', { rules: allow('rm **', { upTo: 'CRITICAL' }) }],
      ['the widest dial', { autoApprove: 'contained' }],
      ['observe mode', { observe: true }],
      ['a workspace rule', { workspaceRules: allow('rm **', HIGH) }],
      ['all of them', { ...all, rules: allow('rm **', HIGH), workspaceRules: allow('rm **') }],
    ];
    for (const [name, policy] of cases) {
      it(`not by ${name}`, () => {
        const { assessment, ruling } = tester.judge(line, { policy });
        assert.equal(assessment.level, 'CRITICAL');
        assert.equal(ruling.verdict, 'ask');
      });
    }

    it('not by a setting that calls the place disposable', () => {
      const context = { disposablePaths: ['/**', '**', '/'] };
      assert.equal(tester.judge(line, { context, policy: all }).ruling.verdict, 'ask');
    });

    it('not in the company of what is allowed', () => {
      const policy = { rules: allow('rm **', HIGH) };
      assert.equal(tester.judge(`ls && ${line}`, { policy }).ruling.verdict, 'ask');
    });
  });
});

describe('the dial says what it lets run, and no more', () => {
  for (const [line, text] of [
    ['mkdir made', /stays inside the workspace and can be taken back/],
    ['pytest', /runs the workspace's own code/],
    ['mkdir made; pytest', /runs the workspace's own code/],
  ] as const) {
    it(`contained – ${line}`, () => {
      const { ruling } = tester.judge(line, { policy: { autoApprove: 'contained' } });
      assert.equal(ruling.verdict, 'allow');
      assert.match(ruling.because[0]?.text ?? '', text);
    });
  }
});
