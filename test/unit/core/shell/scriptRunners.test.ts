// Runners whose scripts stand in files: Taskfile.yml, pyproject.toml and its like, patterns of npm scripts, aliases of cargo.
import assert from 'node:assert/strict';
import { createTester, type Tester, testContext } from '../../../helpers/analysis.ts';

const TASKFILE = `
version: '3'
vars:
  OUT: dist
  HASH: { sh: git rev-parse HEAD }
tasks:
  default: echo hello
  clean:
    aliases: [c]
    cmds:
      - rm -rf {{.OUT}}
      - cmd: echo {{.CLI_ARGS}}
      - defer: rm late
  build:
    deps: [clean, { task: gen }]
    dir: web
    status: [test -f x]
    preconditions:
      - sh: command -v go
    cmds:
      - task: lint
      - rm -rf {{.WHERE}} {{ .OUT | upper }}
  gen: [go generate ./..., echo done]
  lint:
    vars: { OUT: other }
    cmd: eslint {{.OUT}}
  loop:
    deps: [loop]
    cmd: ls
`;

const PYPROJECT = `
[tool.pdm.scripts]
clean = "rm -rf out"
pre_clean = "echo before"
words = { cmd = ["rm", "-r", "x"] }
all = { composite = ["clean -v", "ls"] }
py = { call = "m:f" }
[tool.poe.tasks]
wipe = "rm -rf data"
both = ["wipe", "show"]
show.shell = "cat x | sort"
[tool.hatch.envs.default.scripts]
cov = ["pytest --cov {args:tests}", "rm .coverage"]
[tool.hatch.envs.docs.scripts]
build = "rm -rf site"
[tool.rye.scripts]
dev = { chain = ["one", "two"] }
one = "echo 1"
two = ["rm", "two"]
`;

const FILES: Readonly<Record<string, string>> = {
  '/home/dev/app/Taskfile.yml': TASKFILE,
  '/home/dev/app/pyproject.toml': PYPROJECT,
  '/home/dev/app/Pipfile': '[scripts]\nwipe = "rm -rf tmp"\n',
  '/home/dev/app/pixi.toml':
    '[tasks]\nfmt = "ruff format"\nwipe = { cmd = "rm -rf p", depends-on = ["fmt"] }\n',
  '/home/dev/app/devbox.json':
    '{ // scripts\n "shell": { "init_hook": "echo hook", "scripts": { "wipe": ["rm -rf d", "ls"], }, }, }',
  '/home/dev/app/deno.jsonc': '{ /* tasks */ "tasks": { "wipe": "rm -rf cov", }, }',
  '/home/dev/app/.cargo/config.toml':
    '[alias]\nxtask = "run --package xtask --"\nb2 = ["build", "--release"]\n',
  '/home/dev/app/package.json': JSON.stringify({
    scripts: {
      clean: 'rm -rf src',
      'build:js': 'tsc',
      'build:css': 'sass',
      'build:css:min': 'min',
    },
  }),
  '/home/dev/app/web/package.json': JSON.stringify({ scripts: { clean: 'rm -rf web-src' } }),
};

describe('scripts that stand in files', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  const read = (line: string): string[] =>
    tester
      .read(line, FILES)
      .invocations.slice(1)
      .map(({ argv }) => argv.map((word) => word.value ?? '…').join(' '));

  function runs(line: string, ...wanted: string[]): void {
    it(`${line} runs ${wanted.join(', ') || 'nothing that can be read'}`, () => {
      assert.deepEqual(read(line), wanted);
    });
  }

  describe('Taskfile.yml', () => {
    const before = 'git rev-parse HEAD';
    runs('task', before, 'echo hello');
    runs('task clean', before, 'rm -rf dist', 'echo', 'rm late');
    runs('task c OUT=/ -- a "b c"', before, 'rm -rf /', 'echo a b c', 'rm late');
    runs('task gen', before, 'go generate ./...', 'echo done');
    runs('task loop', before, 'ls');
    runs('task missing');
    runs('task clean missing');
    runs('task --list');
    runs('task -t other.yml clean');
    it('what a task needs runs first, and what a template fills in is not known', () => {
      const found = read('task build');
      for (const argv of [
        'rm -rf dist',
        'go generate ./...',
        'test -f x',
        'command -v go',
        'eslint other',
      ])
        assert.ok(found.includes(argv), found.join(' | '));
      assert.equal(found.at(-1), 'rm -rf … …');
    });
    it('the commands run in the folder of the file, or in the one that the task names', () => {
      const { invocations } = tester.read('cd sub && task build', FILES);
      const last = invocations.at(-1)?.cwd;
      assert.deepEqual(last, { kind: 'known', path: '/home/dev/app/web' });
    });
    it('a line that changes the file first is not understood', () => {
      const { notUnderstood } = tester.read('echo x >> Taskfile.yml; task clean', FILES);
      assert.ok(notUnderstood.some(({ code }) => code === 'changed-file'));
    });
    it('a file that is no YAML, or is long, adds nothing', () => {
      for (const text of ['tasks: [', `${TASKFILE}${'# long\n'.repeat(4_000)}`]) {
        const { invocations } = tester.read('task clean', { '/home/dev/app/Taskfile.yml': text });
        assert.equal(invocations.length, 1);
      }
    });
    it('what a task deletes is named', () => {
      const { shell } = testContext(FILES);
      const { effects } = tester.judge('task clean', { context: { shell } }).assessment;
      assert.ok(effects.some(({ rule }) => rule === 'files/delete-recursive'));
    });
  });

  describe('tools of Python', () => {
    runs('pdm run clean', 'echo before', 'rm -rf out');
    runs('pdm clean -v', 'echo before', 'rm -rf out -v');
    runs('pdm run words', 'rm -r x');
    runs('pdm run all', 'echo before', 'rm -rf out -v', 'ls');
    runs('pdm run py');
    runs('pdm run pytest -q', 'pytest -q');
    runs('pdm install clean');
    runs('poe wipe', 'rm -rf data');
    runs('poe both', 'rm -rf data', 'cat x', 'sort');
    runs('hatch run cov -x', 'pytest --cov -x', 'rm .coverage');
    runs('hatch run docs:build', 'rm -rf site');
    runs('hatch run python x.py', 'python x.py');
    runs('rye run dev', 'echo 1', 'rm two');
    runs('pipenv run wipe -v', 'rm -rf tmp -v');
    runs('pipenv run rm y', 'rm y');
    runs('pixi run wipe', 'ruff format', 'rm -rf p');
    it('a program behind run is what it is without it', () => {
      const [call] = tester.read('pdm run pytest', FILES).invocations;
      assert.equal(call?.isTransparentWrapper, true);
      assert.equal(tester.read('pdm run clean', FILES).invocations[0]?.isTransparentWrapper, false);
    });
  });

  describe('others', () => {
    runs('devbox run wipe', 'echo hook', 'rm -rf d', 'ls');
    runs('devbox run rm y', 'rm y');
    runs('deno task wipe', 'rm -rf cov');
    runs('cargo xtask dist', 'cargo run --package xtask -- dist');
    runs('cargo b2', 'cargo build --release');
    runs('cargo build');
    runs('cargo nothing');
    runs('run-s clean build:*', 'rm -rf src', 'tsc', 'sass');
    runs('run-p "build:**"', 'tsc', 'sass', 'min');
    runs('npm-run-all "clean -- -v" --parallel build:js', 'rm -rf src -v', 'tsc');
    runs('npx run-s clean', 'run-s clean', 'rm -rf src');
    runs('run-s "*a*e*n*"');
    runs('concurrently npm:clean "npm:build:c*" "rm z"', 'rm -rf src', 'sass', 'rm z');
    runs('node --run clean -- -v', 'rm -rf src -v');
    runs('node --run=clean', 'rm -rf src');
    runs('npm run clean -w web', 'rm -rf web-src');
    runs('npm -w web run clean', 'rm -rf web-src');
    runs('npm run clean --workspace=@scope/other', 'rm -rf src');
    runs('pnpm -w run clean', 'rm -rf src');
    runs('nix develop -c rm -rf x', 'rm -rf x');
    runs('nix develop .#dev --command bash -c "rm x"', 'bash -c rm x', 'rm x');
  });
});
