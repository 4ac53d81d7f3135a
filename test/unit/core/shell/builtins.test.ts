// What builtins run, and what they do to the shell that the rest of the line is read with.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('builtins that run their words', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  function lastCwd(text: string): string {
    const cwd = tester.read(text).invocations.at(-1)?.cwd;
    return cwd?.kind === 'known' ? cwd.path : 'unknown';
  }

  it('mapfile -C – its callback is a program of the line', () => {
    const programs = tester.read("mapfile -C 'rm y' -c 1 <f").invocations.map((i) => i.program);
    assert.deepEqual(programs, ['mapfile', 'rm']);
  });

  it('mapfile -C – a glued callback is seen as well', () => {
    const programs = tester.read("readarray -tC'rm y' a <f").invocations.map((i) => i.program);
    assert.deepEqual(programs, ['readarray', 'rm']);
  });

  it('mapfile -C – a cd in the callback makes the directory unknown', () => {
    assert.equal(lastCwd("mapfile -C 'cd /; :' -c 1 <f; rm -rf x"), 'unknown');
  });

  it('trap DEBUG – a cd in its code makes the directory unknown', () => {
    assert.equal(lastCwd("trap 'cd /' DEBUG; rm -rf x"), 'unknown');
  });

  it('trap DEBUG – a variable that its code assigns is not known', () => {
    const { invocations } = tester.read('d=a; trap \'d=/\' DEBUG; rm -rf "$d"');
    assert.equal(invocations.at(-1)?.argv.at(-1)?.value, undefined);
  });

  it('trap EXIT – nothing stands behind it', () => {
    assert.equal(lastCwd("trap 'cd /' EXIT; rm -rf x"), '/home/dev/app');
  });

  it('[ -eq – a quoted subscript is plain text', () => {
    assert.deepEqual(tester.read("[ 1 -eq 'x[$(rm y)]' ]").notUnderstood, []);
  });

  it('[ -v – a quoted subscript is evaluated, also where the operator is not known', () => {
    assert.notDeepEqual(tester.read("[ -v 'x[$(rm y)]' ]").notUnderstood, []);
    assert.notDeepEqual(tester.read('[ "$op" \'x[$(rm y)]\' ]').notUnderstood, []);
  });
});

describe('IFS', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  it('has its default value when the line starts', () => {
    const argv = tester.read('rm${IFS}-rf${IFS}x').invocations[0]?.argv.map((word) => word.value);
    assert.deepEqual(argv, ['rm', '-rf', 'x']);
  });

  it('is not known after it was read from somewhere', () => {
    assert.notDeepEqual(tester.read('read IFS <f; rm${IFS}x').notUnderstood, []);
  });
});

describe('words', () => {
  for (const word of ['.s[s""]h', '.s["s"]h', '.s[$a]h', 'x[a$a]', '[[]', 'a[b]c']) {
    it(`${word} is a glob`, async () => {
      const tester = await createTester();
      assert.equal(tester.read(`a=s; ls ${word}`).invocations.at(-1)?.argv[1]?.isGlob, true);
    });
  }

  for (const word of ['a[', 'a]b[', '"[a]"', '[a"]"', '\\[a]', 'a[b\\]']) {
    it(`${word} is no glob`, async () => {
      const tester = await createTester();
      assert.equal(tester.read(`ls ${word}`).invocations[0]?.argv[1]?.isGlob, false);
    });
  }

  it('are the same however they are quoted', async () => {
    const tester = await createTester();
    const parts = (line: string) => tester.read(line).invocations[0]?.argv[1]?.parts;
    assert.deepEqual(parts('git ""+ma"i"n'), [{ kind: 'literal', value: '+main', quoted: false }]);
    assert.equal(tester.judge('git push origin ""+main').assessment.level, 'CRITICAL');
  });
});
