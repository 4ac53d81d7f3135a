// `mise run x` is judged by what stands in mise.toml.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const MISE = `
[env]
A = "b"
[tools]
node = "22"
[tasks]
hello = "echo hi"
both = ["echo one", "rm -rf src"]
[tasks.build]
description = "Build"
depends = ["lint", "gen --all"]
depends_post = "tidy"
run = """
tsc
rm -rf dist
"""
[tasks.lint]
alias = "l"
run = "eslint ."
[tasks.gen]
run = "node gen.js"
dir = "{{config_root}}/x"
[tasks.tidy]
run = [{ task = "lint" }, "rm -rf {{arg(name='where')}}"]
[tasks.script]
file = "tools/wipe.sh"
[tasks."db:reset"]
shell = "bash -c"
run = "[[ a == a ]] && dropdb app"
[tasks.loop]
depends = ["loop"]
run = "ls"
[tasks.py]
shell = "python3 -c"
run = "import os"
`;
const FILES = { '/home/dev/app/mise.toml': MISE, '/home/dev/app/tools/wipe.sh': 'rm -rf /\n' };

describe('tasks of mise', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });

  const programs = (line: string, files: Readonly<Record<string, string>> = FILES) =>
    tester
      .read(line, files)
      .invocations.map(({ argv }) => argv.map(({ value }) => value ?? '?').join(' '));

  for (const [line, ...wanted] of [
    ['mise run hello', 'echo hi'],
    ['mise r both', 'echo one', 'rm -rf src'],
    ['mise run build', 'tsc', 'rm -rf dist', 'eslint .', 'node gen.js --all', 'rm -rf ?'],
    ['mise tasks run l --fix', 'eslint . --fix'],
    ['mise run hello ::: both', 'echo hi', 'rm -rf src'],
    ['mise run script', 'rm -rf /'],
    ['mise run db:reset', 'dropdb app'],
    ['mise run loop', 'ls'],
    ['mise -C /home/dev/app run both', 'rm -rf src'],
    ['cd src && mise run both', 'mise run both'],
  ] as const)
    it(`${line} runs ${wanted.join(', ')}`, () => {
      const found = programs(line);
      for (const argv of wanted) assert.ok(found.includes(argv), found.join(' | '));
    });

  it('the call itself stays: what mise does besides is not seen', () => {
    for (const line of ['mise run hello', 'mise run gone', 'mise run py'])
      assert.equal(tester.judge(line).ruling.verdict, 'ask');
  });

  it('a file that is no TOML, or a name that is not constant, adds nothing', () => {
    assert.deepEqual(programs('mise run x', { '/home/dev/app/mise.toml': '[[[' }), ['mise run x']);
    assert.deepEqual(programs('mise run "$x"'), ['mise run ?']);
  });

  it('a line that changes the file first is not understood', () => {
    const { notUnderstood } = tester.read('echo x >> mise.toml; mise run hello', FILES);
    assert.ok(notUnderstood.some(({ code }) => code === 'changed-file'));
  });
});
