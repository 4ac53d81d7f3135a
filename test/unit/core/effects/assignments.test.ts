// Variables before a program and exported ones: harmless, not known, or deciding which code runs.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('variables', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string, dial = 'readOnly') =>
    tester.judge(line, { policy: { autoApprove: dial } }).ruling.verdict;

  for (const line of [
    'NO_COLOR=1 git status',
    'LANG=C sort a',
    'LC_ALL=C TZ=UTC date',
    'GIT_PAGER=cat git log',
    'PAGER= git log',
    'IFS= read -r line',
    'FOO=bar; echo $FOO',
    'AWS_PROFILE=prod aws s3 ls',
    'PATH=$PATH:/usr/local/bin ls',
  ])
    it(`harmless – ${line}`, () => assert.equal(verdict(line), 'allow'));

  for (const line of ['SOME_NAME=x grep a b', 'LLVM_PROFILE_FILE=x ls'])
    it(`not known – ${line} – asks where only reading is free, not where changes inside are`, () => {
      assert.equal(verdict(line), 'ask');
      assert.equal(verdict(line, 'contained'), 'allow');
    });

  for (const line of [
    'LD_PRELOAD=./x.so ls',
    'DOTNET_STARTUP_HOOKS=./x.dll dotnet --version',
    'KUBE_EDITOR=./x kubectl get pods',
    'PGSERVICEFILE=./x psql -c "select 1"',
    'DYLD_INSERT_LIBRARIES=x ls',
    'BASH_ENV=x ls',
    'GIT_EXTERNAL_DIFF=./x git diff',
    'GIT_SSH_COMMAND=./x git fetch',
    'GIT_CONFIG_COUNT=1 git status',
    'PATH=/tmp:$PATH ls',
    'PATH=. ls',
    'PAGER=./x git log',
    'EDITOR=./x git commit',
    'LESSOPEN="|./x %s" less a',
    'NODE_OPTIONS=--require=./x node -v',
    'PYTHONPATH=/tmp python -V',
    'PYTHONSTARTUP=x python -V',
    'PERL5OPT=-Mx perl -v',
    'RUBYOPT=-rx ruby -v',
    'AWS_CONFIG_FILE=/tmp/x aws s3 ls',
    'XDG_CONFIG_HOME=/tmp/x git status',
    'RIPGREP_CONFIG_PATH=/tmp/x rg foo',
    'GOFLAGS=-toolexec=./x go list',
    'GCONV_PATH=/tmp ls',
    'HOME=/tmp git status',
    'http_proxy=http://x curl localhost',
    'export LD_PRELOAD=./x.so; ls',
    'declare -x GIT_PAGER=./x; git log',
    'env LD_PRELOAD=./x.so ls',
    'X=./x.so; LD_PRELOAD=$X ls',
  ])
    it(`decides which code runs – ${line}`, () => {
      assert.equal(verdict(line), 'ask');
      assert.equal(verdict(line, 'contained'), 'ask');
      const { effects } = tester.judge(line).assessment;
      assert.ok(effects.some(({ rule }) => rule === 'shell/hook-variable'));
    });
});
