// Programs and variables that hand text or words on: what they start is named, however rarely they are used.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('what is handed on', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  for (const line of [
    "ls | entr -s 'rm -rf src'",
    'ls | entr rm -rf src',
    'script -q /dev/null rm -rf src',
    "script -qc 'rm -rf src' /dev/null",
    "sg staff 'rm -rf src'",
    "sg staff -c 'rm -rf src'",
    "newgrp staff <<< 'rm -rf src'",
    'dtach -n /tmp/s rm -rf src',
    'abduco -n name rm -rf src',
    'daemonize -o out /bin/rm -rf src',
    '/lib64/ld-linux-x86-64.so.2 /bin/rm -rf src',
    'ld.so --library-path /x rm -rf src',
    "yash -c 'rm -rf src'",
    "git grep -O'rm -rf src' x",
    "git grep --open-files-in-pager='rm -rf src' x",
    "GIT_SSH_COMMAND='rm -rf src; ssh' git fetch",
    'GIT_SSH_COMMAND=\'ssh -o ProxyCommand="rm -rf src"\' git fetch',
    "GIT_EDITOR='rm -rf src' git commit --amend",
    "PAGER='rm -rf src' man ls",
    'export MANPAGER=\'sh -c "rm -rf src"\'; man ls',
    "LESSOPEN='|rm -rf src' less f",
    "LESSOPEN='||-rm -rf src' less f",
    "env GIT_PAGER='rm -rf src' git log",
    `ruby -e 'system "rm", "-rf", "src"'`,
    `bun -e 'require("fs").rmSync("src",{recursive:true})'`,
  ])
    it(line, () => {
      const { level, effects } = tester.judge(line).assessment;
      assert.ok(level === 'HIGH' || level === 'CRITICAL', `${level}`);
      assert.ok(
        effects.some(({ verb }) => verb === 'delete'),
        effects.map(({ rule }) => rule).join(' '),
      );
    });

  it('what awk prints into a shell is run by it', () => {
    const { level } = tester.judge(`awk '{print "rm " $1 | "sh"}' list`).assessment;
    assert.equal(level, 'HIGH');
    assert.ok(tester.judge(`awk '{print $1 | "sort"}' list`).assessment.understood);
  });

  for (const line of [
    'PAGER=cat git log',
    'GIT_PAGER= git log',
    'PAGER=/usr/bin/less man ls',
    "GIT_SSH_COMMAND='ssh -i ~/.ssh/key' git fetch",
    "GIT_SSH_COMMAND='ssh -o BatchMode=yes' git fetch",
    'EDITOR="$VISUAL" git log',
  ])
    it(`${line} names nothing more than it did`, () => {
      const plain = line.replace(/^.*? (?=git|man)/, '');
      assert.equal(tester.read(line).invocations.length, tester.read(plain).invocations.length);
    });
});
