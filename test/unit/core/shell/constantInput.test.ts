// Text that a line makes itself and then runs: it is read as if it stood there.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('constant input', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  /** The argv of all programs behind the last pipe's first program. */
  function runs(line: string, ...wanted: string[]): void {
    it(JSON.stringify(line), () => {
      const { invocations, notUnderstood } = tester.read(line);
      const found = invocations.map(({ argv }) => argv.map((word) => word.value).join(' '));
      for (const argv of wanted) {
        assert.ok(found.includes(argv), `found only ${found.join(' | ')}`);
      }
      assert.deepEqual(notUnderstood, []);
    });
  }

  runs('echo cm0gLXJmIC8K | base64 -d | bash', 'rm -rf /');
  runs('base64 --decode <<< cm0gLXJmIC8K | sh', 'rm -rf /');
  runs("printf '\\x72m \\055rf x' | bash", 'rm -rf x');
  runs("printf 'rm %s\\n' a b | bash", 'rm a', 'rm b');
  runs('echo a b c | xargs rm -f', 'rm -f a b c');
  runs('echo a b c | xargs -n2 rm -f', 'rm -f a b', 'rm -f c');
  runs("echo 'rm -rf /' | xargs -I{} bash -c {}", 'rm -rf /');
  runs('echo / | xargs -IFOO bash -c "rm -rf FOO"', 'rm -rf /');
  runs("printf 'a b\\nc\\n' | xargs -I% rm %.bak", 'rm a b.bak', 'rm c.bak');
  runs('echo | xargs rm -f x', 'rm -f x');

  for (const line of [
    "printf 'a b' | xargs -0 rm",
    'echo a,b | xargs -d, rm',
    'echo "a\'b c\'" | xargs rm',
    'echo a | xargs -L1 rm',
  ]) {
    it(`${line} – the operands are not known`, () => {
      const last = tester.read(line).invocations.at(-1);
      assert.equal(last?.program, 'rm');
      assert.equal(last?.argv.at(-1)?.value, undefined);
    });
  }

  it('base64 of bytes that are no text is not known', () => {
    assert.notDeepEqual(tester.read('echo /////w== | base64 -d | bash').notUnderstood, []);
  });
});
