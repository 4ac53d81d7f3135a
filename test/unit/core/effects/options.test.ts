// How a program's words are read: the spellings of options that GNU programs, git, find and terraform accept.
import assert from 'node:assert/strict';
import { parseCall } from '../../../../src/core/effects/options.ts';
import type { Call, ProgramSyntax } from '../../../../src/core/effects/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('options', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const call = (line: string, syntax: Partial<ProgramSyntax> = {}): Call => {
    const invocation = tester.read(line).invocations.find(({ program }) => program === 'p');
    assert.ok(invocation);
    return parseCall(invocation, { programs: ['p'], ...syntax });
  };
  const operands = (given: Call) => given.operands.map((word) => word.value ?? word.text);
  const LONG = { flags: ['--force', '--force-with-lease', '--recursive'] };

  describe('spellings of one option', () => {
    for (const [line, name, isThere] of [
      ['p --recursive a', '--recursive', true],
      ['p --recurs a', '--recursive', true],
      ['p --r a', '--recursive', false],
      ['p -rf a', '-f', true],
      ['p -rf a', '-r', true],
      ['p a -r', '-r', true],
      ['p "-r" a', '-r', true],
      ["p -'r' a", '-r', true],
      ['p \\-r a', '-r', true],
      ["p $'\\x2dr' a", '-r', true],
      ['p -- -r', '-r', false],
      ['p --force-with-lease', '--force', false],
      ['p --forc', '--force', true],
      ['p --force=x', '--force', true],
      ['p -R', '-r', false],
    ] as const)
      it(`${line} ${isThere ? 'has' : 'has not'} ${name}`, () =>
        assert.equal(call(line, LONG).has(name), isThere));
  });

  describe('values', () => {
    const VALUES = { valueOptions: ['-n', '--name'] };
    for (const [line, value, rest] of [
      ['p -n a b', 'a', ['b']],
      ['p -na b', 'a', ['b']],
      ['p -xna b', 'a', ['b']],
      ['p --name a b', 'a', ['b']],
      ['p --name=a b', 'a', ['b']],
      ['p --nam=a b', 'a', ['b']],
      ['p b -n a', 'a', ['b']],
    ] as const)
      it(line, () => {
        const read = call(line, VALUES);
        assert.equal(read.valueOf('-n', '--name')?.value, value);
        assert.deepEqual(operands(read), rest);
      });
    it('a value that looks like an option is a value', () => {
      const read = call('p -n -r a', VALUES);
      assert.equal(read.has('-r'), false);
      assert.deepEqual(operands(read), ['a']);
    });
  });

  describe('programs with other habits', () => {
    it('one dash and many letters is one option (find, terraform)', () => {
      const read = call('p -auto-approve a', { singleDashLong: true });
      assert.ok(read.has('-auto-approve'));
      assert.equal(read.has('-a'), false);
    });
    it('no abbreviations (kubectl)', () =>
      assert.equal(call('p --recurs', { ...LONG, abbreviates: false }).has('--recursive'), false));
    it('options end at the first operand (ssh)', () => {
      const read = call('p host -r a', { stopsAtOperand: true });
      assert.equal(read.has('-r'), false);
      assert.deepEqual(operands(read), ['host', '-r', 'a']);
    });
    it('options before the subcommand are others (git)', () => {
      const read = call('p -c a=b log -c', { subcommandDepth: 1, globalValueOptions: ['-c'] });
      assert.deepEqual(read.subcommand, ['log']);
      assert.equal(read.valueOf('^-c')?.value, 'a=b');
      assert.ok(read.has('-c'));
    });
    it('--no-x takes --x back, a later --x gives it again (git)', () => {
      const syntax = { acceptsNegation: true };
      assert.equal(call('p --force --no-force', syntax).has('--force'), false);
      assert.equal(call('p --no-force --force', syntax).has('--force'), true);
      assert.equal(call('p --force --no-force', {}).has('--force'), true);
    });
    it('the words of a command inside are not its own (find -exec)', () => {
      const read = call("p . -exec rm -delete {} ';' -print", {
        singleDashLong: true,
        commandOptions: ['-exec'],
      });
      assert.equal(read.has('-delete'), false);
      assert.ok(read.has('-print'));
    });
  });

  describe('what is not constant', () => {
    for (const [line, mayHide] of [
      ['p $A', true],
      ['p "$A"', true],
      ['p -$A', true],
      ['p $(ls)', true],
      ['p a$A', true],
      ['p ./$A', true],
      ['p a"$A"', false],
      ['p ./"$A"', false],
      ['p *', false],
      ['p <(ls)', false],
      ['p -- $A', false],
      ['ls | xargs p', true],
    ] as const)
      it(`${line} ${mayHide ? 'may hide' : 'hides no'} option`, () =>
        assert.equal(call(line).mayHaveHiddenOptions, mayHide));
    it('a proof does not hold where an option may hide', () => {
      assert.ok(tester.effects('sort a').every(({ severity }) => severity === 'none'));
      assert.ok(tester.effects('sort $A').some(({ severity }) => severity !== 'none'));
    });
  });
});
