// Options of wrappers, interpreters and tools that write files, load code or start something of their own.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('options that do more than they seem to', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const judge = (line: string) =>
    tester.judge(line, { policy: { autoApprove: 'contained', rules: ALLOW } }).ruling.verdict;
  /** What is started is allowed, so that only the option can be what asks. */
  const ALLOW = [{ match: 'ls **', action: 'allow' }];

  for (const line of [
    "strace -o '|rm -rf src' ls",
    'strace -o src/a ls',
    'ltrace -o src/a ls',
    'perf stat -o src/a ls',
    'valgrind --log-file=src/a ls',
    'hyperfine --export-json src/a ls',
    'gdb -x f --args ls',
    'firejail --profile=x ls',
    'dbus-run-session --dbus-daemon=./x ls',
    'arch -e DYLD_INSERT_LIBRARIES=x ls',
    'parallel --joblog src/a ls ::: a',
    'parallel --sshlogin x ls ::: a',
    `parallel ls '{= unlink "a" =}' ::: a`,
    `parallel --rpl '{x} unlink "a"' ls ::: a`,
    'fd -xrm',
    'fd -Hx rm',
    'fd --exec=rm',
    "tmux ls ';' kill-server",
    "tmux ls; tmux ls\\; run 'rm -rf src'",
    'tmux -f x ls',
    'cmake -E rm -rf src',
    'cmake -E remove_directory src',
    'cmake -E env A=b rm -rf src',
    'cmake -E chdir / rm -rf src',
    "gawk -osrc/a 'BEGIN{}'",
    "gawk -dsrc/a 'BEGIN{}'",
    'perl -d -e 1',
    'ruby -I. -rjson -e 1',
    'php -c x -r 1',
    'python3 -X pycache_prefix=src -c 1',
    'node --redirect-warnings=src/a -e 1',
    'node --openssl-config=x -e 1',
    'node --cpu-prof-dir=src -e 1',
    'node --heap-prof -p 1',
    'npm --git=./x view y',
    'npm docs x --browser=./y',
    'docker --config x ps',
    'bat --config-file x a',
    "psql -o '|rm -rf src' -c 'select 1'",
    "mysql --init-command='drop table a' -e 'select 1'",
    "mysql --defaults-file=x -e 'select 1'",
  ])
    it(`asks – ${line}`, () => assert.equal(judge(line), 'ask'));

  for (const line of [
    'strace -f -e trace=open ls',
    'valgrind --leak-check=full ls',
    'gdb -batch --args ls',
    'xvfb-run -a ls',
    'setarch x86_64 ls',
    'parallel -j4 --bar ls {} ::: a b',
    'hyperfine --warmup 3 ls',
    'fd -e js',
    'fd -x ls',
    'tmux ls',
    'cmake -E cat a',
    "gawk -F, -v a=1 '{print $1}' a",
    'perl -ne print a',
    'python3 -X dev -c 1',
    'node --no-warnings --max-old-space-size=99 -p 1',
    'node --stack-trace-limit=5 -e 1',
    'docker ps',
    "mysql -e 'select 1'",
  ])
    it(`is as it was – ${line}`, () => assert.equal(judge(line), 'allow'));

  it('what a tool of cmake deletes is named', () => {
    const rules = tester.effects('cmake -E rm -rf /').map(({ rule }) => rule);
    assert.ok(rules.includes('files/delete-recursive'));
  });
});
