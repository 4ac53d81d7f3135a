// What the gate hands to a command to protect it is not taken off in silence, and no other spelling sets what decides on code.
import assert from 'node:assert/strict';
import { gateVariables } from '../../../../src/node/childEnvironment.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('variables that the gate sets', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string, dial: string) =>
    tester.judge(line, { policy: { autoApprove: dial } }).ruling.verdict;
  const asksAlways = (line: string) => {
    for (const dial of ['listed', 'readOnly', 'contained'])
      assert.equal(verdict(line, dial), 'ask', dial);
  };

  for (const prefix of [
    'env -i',
    'env -',
    'env -u GIT_CONFIG_COUNT',
    'env -uGIT_CONFIG_COUNT',
    'env --unset=GIT_CONFIG_COUNT',
    'env --uns GIT_CONFIG_COUNT',
    'env GIT_CONFIG_COUNT=',
    'env -S "GIT_CONFIG_COUNT= git" --',
    'exec -c',
    'exec -cl',
    'command env -i',
    'nice env -i',
    'busybox env -i',
    'sudo',
    'doas',
    'setpriv --reset-env',
    'systemd-run --user',
    'runuser -u dev',
    'firejail --rmenv=GIT_CONFIG_COUNT',
    'flatpak-spawn --host',
    'strace -E GIT_CONFIG_COUNT',
    'xargs --process-slot-var=GIT_CONFIG_COUNT',
    'direnv exec .',
    'dotenv',
    'uv run --env-file=x',
    'ssh localhost',
    'GIT_CONFIG_COUNT=',
    'GIT_CONFIG_KEY_0=',
    'GIT_CONFIG_COUNT[0]=',
  ])
    it(`a wrapper takes it off – ${prefix}`, () => asksAlways(`${prefix} git -C notes status`));

  for (const change of [
    'unset GIT_CONFIG_COUNT',
    'unset -v GIT_CONFIG_COUNT',
    'unset GIT_CONFIG_""COUNT',
    'x=GIT_CONFIG_COUNT; unset $x',
    'unset $x',
    `unset \${!GIT_*}`,
    'declare -n r=GIT_CONFIG_COUNT; unset r',
    'declare -n r=GIT_CONFIG_COUNT; r=0',
    'declare -n r=GIT_CONFIG_COUNT; ((r=0))',
    'declare +x GIT_CONFIG_COUNT',
    'typeset +x GIT_CONFIG_COUNT',
    'export -n GIT_CONFIG_COUNT',
    'declare -A GIT_CONFIG_COUNT',
    'declare -i GIT_CONFIG_COUNT=0',
    'declare -u GIT_CONFIG_COUNT=a',
    'readonly GIT_CONFIG_COUNT=0',
    'export GIT_CONFIG_COUNT=',
    'GIT_CONFIG_COUNT=',
    'GIT_CONFIG_COUNT=(0)',
    'GIT_CONFIG_COUNT[0]=0',
    'read GIT_CONFIG_COUNT <<< 0',
    'read -r $x',
    'printf -v GIT_CONFIG_COUNT 0',
    'printf -vGIT_CONFIG_COUNT 0',
    'mapfile GIT_CONFIG_COUNT < a',
    'getopts a GIT_CONFIG_COUNT',
    'let GIT_CONFIG_COUNT=0',
    '(( GIT_CONFIG_COUNT = 0 ))',
    'x=GIT_CONFIG_COUNT; (( $x = 0 ))',
    "x='GIT_CONFIG_COUNT=0'; (( x ))",
    '[[ GIT_CONFIG_COUNT=0 -eq 0 ]]',
    'echo $((GIT_CONFIG_COUNT--))',
    `echo \${GIT_CONFIG_COUNT:=0}`,
    'exec {GIT_CONFIG_COUNT}>/dev/null',
    'coproc GIT_CONFIG_COUNT { date; }',
    'wait -p GIT_CONFIG_COUNT',
    'for GIT_CONFIG_COUNT in 0; do :; done',
    'for ((GIT_CONFIG_COUNT=0; 0; )); do :; done',
    'select GIT_CONFIG_COUNT in 0; do break; done',
    'export "$(cat a)"',
    'unset GIT_PAGER',
    'unset INTERLOCK_RUN',
    'eval unset GIT_CONFIG_COUNT',
    "trap 'unset GIT_CONFIG_COUNT' DEBUG",
    'f() { unset GIT_CONFIG_COUNT; }; f',
  ])
    it(`the shell takes it off – ${change}`, () => asksAlways(`${change}; git -C notes status`));

  it('a local name hides it', () =>
    asksAlways('f() { local GIT_CONFIG_COUNT; git -C notes status; }; f'));
  it('make hands its variables on', () => asksAlways('make GIT_CONFIG_COUNT=0 status'));
  it('options that make words variables are not understood', () => {
    asksAlways('set -k; git status GIT_CONFIG_COUNT=0');
    asksAlways("bash -kc 'git status GIT_CONFIG_COUNT=0'");
    asksAlways("bash -o keyword -c 'git status GIT_CONFIG_COUNT=0'");
  });
  it('code that changes its environment hands on another one', () => {
    asksAlways(`python3 -c 'import subprocess as s; s.run(["git","status"], env={})'`);
    asksAlways(`python3 -c 'import os; os.environ.clear(); os.system("git status")'`);
    asksAlways(`ruby -e 'ENV.delete("GIT_CONFIG_COUNT"); system("git status")'`);
    asksAlways(`node -e 'require("child_process").execSync("git status", {env: {}})'`);
  });

  for (const line of [
    'unset PATH; ls',
    'export -n PATH; ls',
    'read PATH <<< .; ls',
    'for PATH in .; do ls; done',
    'printf -v LD_PRELOAD ./x.so; export LD_PRELOAD; ls',
    'PATH[0]=.; ls',
    'path=(.); ls',
    "zsh -c 'path=(. $path); ls'",
    'op run -- ls',
    'nix develop -- ls',
  ])
    it(`another spelling sets what decides on code – ${line}`, () => asksAlways(line));

  for (const line of [
    'unset FOO; ls',
    'unset FOO; git status',
    'env -i date',
    "env -i bash -c 'date | sort'",
    'env -u FOO git status',
    'env -i sleep 1',
    'for path in a b; do ls $path; done',
    'path=src; ls $path',
    'read -r line < a; git status',
    'IFS= read -r a b < x; git status',
    'printf "%s\\n" PATH; git status',
    'export -n FOO; ls',
    'CC=clang; ls',
    'PAGER= git log',
    'f() { local x; git status; }; f',
  ])
    it(`nothing is lost – ${line}`, () =>
      assert.equal(verdict(line, line.includes('export') ? 'contained' : 'readOnly'), 'allow'));

  it('a wide rule does not cover what is taken off before it', () => {
    const rules = [{ match: 'git **', action: 'allow' }];
    const { ruling } = tester.judge('GIT_CONFIG_COUNT= git -C notes status', {
      policy: { rules },
    });
    assert.equal(ruling.verdict, 'ask');
    const bare = tester.judge('env -i git status', { policy: { rules } });
    assert.equal(bare.ruling.verdict, 'ask');
  });

  it('each variable that the gate sets against foreign settings is known to protect', () => {
    const names = Object.keys(gateVariables({}, 'run')).filter(
      (name) => !/^(TERM|COLORTERM|PAGER|MANPAGER)$/.test(name),
    );
    assert.ok(names.length >= 5);
    for (const name of names) asksAlways(`unset ${name}; git status`);
  });
});
