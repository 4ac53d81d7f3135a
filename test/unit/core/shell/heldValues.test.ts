// What variables hold between commands: arrays behind assignments, what stands before a call, IFS, and words that stay whole.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('values between commands', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const last = (line: string) => tester.read(line).invocations.at(-1);

  /** `undefined` stands for a word that is not known. */
  function runs(line: string, ...argv: (string | undefined)[]): void {
    it(`${line} runs ${argv.map((word) => word ?? '…').join(' ')}`, () => {
      assert.deepEqual(
        last(line)?.argv.map((word) => word.value),
        argv,
      );
    });
  }

  describe('arrays', () => {
    runs('a=(rm -rf z); a=ls; "${a[@]}"', 'ls', '-rf', 'z');
    runs('a=(ls -l y); a=rm; "${a[@]}"', 'rm', '-l', 'y');
    runs('a=(l y); a+=s; "${a[@]}"', 'ls', 'y');
    runs('a=(rm y); f() { local a=(ls); }; f; "${a[@]}"', 'rm', 'y');
    runs('a=($x ls rm); ${a[1]} y', undefined, 'y');
    runs('a=($x y); echo ${#a[@]}', 'echo', undefined);
    runs('a=("$x" y); echo ${#a[@]}', 'echo', '2');
    runs('a=x; echo ${#a[@]} ${#a}', 'echo', '1', '1');
    runs('a=; echo ${#a[@]}', 'echo', '1');
    runs('unset a; echo ${#a[@]}', 'echo', '0');
    runs('a=abc; echo ${#a[@]}', 'echo', '1');
    runs('read -a a; a=ls; "${a[@]}"', undefined);
    runs('read -a a; a=ls; "$a" x', 'ls', 'x');
    runs('a=(k=~ ~); echo "${a[@]}"', 'echo', 'k=~', '/home/dev');
    it('an array is not handed to another shell', () => {
      const { argv } = last("export a=(rm y); bash -c 'echo ${a-none}'") ?? {};
      assert.equal(argv?.[1]?.value, 'none');
    });
  });

  describe('what stands before a call', () => {
    runs('f() { :; }; x=rm; x=ls f; $x y', 'rm', 'y');
    runs('x=rm; local x=ls; $x y', undefined, 'y');
    runs("dash -c 'x=ls; x=rm :; $x y'", undefined, 'y');
    runs("sh -c 'f() { :; }; x=ls; x=rm f; $x y'", undefined, 'y');
    runs('x=ls; x=rm :; $x y', 'ls', 'y');
  });

  describe('what leaves a function or a loop early', () => {
    runs('f() { [ -n x ] && return; z=ls; }; z=rm; f; $z y', undefined, 'y');
    runs('f() { z=rm; return; z=ls; }; f; $z y', undefined, 'y');
    runs('f() { for i in 1; do z=rm; return; done; z=ls; }; f; $z y', undefined, 'y');
    runs("f() { eval 'z=rm; return'; z=ls; }; f; $z y", undefined, 'y');
    runs('while :; do z=rm; [ -n x ] && break; z=ls; done; $z y', undefined, 'y');
    runs('z=ls; for i in 1 2; do z=rm; continue; z=ls; done; $z y', undefined, 'y');
    runs("z=rm; . /dev/stdin <<< '[ -n x ] && return; z=ls'; $z y", undefined, 'y');
    runs('f() { ls "$1" || return; z=ls; }; z=ls; f x; $z y', 'ls', 'y');
    runs("f() { bash -c 'z=rm; return'; z=ls; }; f; $z y", 'ls', 'y');
    it('a function that leaves early may have moved, or not', () => {
      const { cwd } = last('f() { [ -n "$1" ] || return; cd /; }; f x; ls') ?? {};
      assert.equal(cwd?.kind, 'unknown');
    });
  });

  describe('words', () => {
    runs("x='a b'; rm $x$", 'rm', undefined);
    runs("x='a b'; rm $x'$'", 'rm', 'a', 'b$');
    runs('rm foo$ $HOME', 'rm', 'foo$', '/home/dev');
    runs('rm k={,x}~ k=~', 'rm', 'k=~', 'k=x~', 'k=/home/dev');
    runs('rm ${a:-{b}{c,d}', 'rm', undefined);
    runs('rm ${a:-b}{c,d}', 'rm', undefined, undefined);
    runs('rm ~:x', 'rm', '/home/dev:x');
    runs('a=\'/e\\tc*\'; rm $a "$a"', 'rm', undefined, '/e\\tc*');
    runs("set -- a$'\\\\'*$x b; rm $1", 'rm', undefined);
  });

  for (const line of [
    "sh -c 'rm ~:x'",
    'rm k=~k=~',
    ': ${b:=$${a: -1}$}',
    'bash --posix -c ls',
    'set -o posix',
  ]) {
    it(`${line} is not understood`, () => {
      assert.notDeepEqual(tester.read(line).notUnderstood, []);
    });
  }
});
