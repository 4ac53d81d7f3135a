// Looking through scripts and tasks: what stands in files of the workspace is judged with the line that runs it.
import assert from 'node:assert/strict';
import { createTester, type Tester, testContext } from '../../../helpers/analysis.ts';

const MAKEFILE = `# build things
DIR := src
GO ?= go
VERSION = $(shell git describe)
define run
echo $(1)
endef
.PHONY: all clean
all: build test
build:
\t$(GO) build -ldflags "-X v=$(VERSION)" ./...
clean: ## removes what was built
\t@rm -rf $(DIR)
test: build ; go test ./...
%.o: %.c
\tcc -c $< -o $@
wipe:
\t$(MAKE) clean DIR=/
loop:
\tfor f in a b; do \\
\t  rm "$$f"; \\
\tdone
ifeq ($(CI),1)
far:
\tterraform destroy -auto-approve
endif
called:
\t$(call run,hi)
computed:
\t$(foreach f,a b,rm $(f))
`;

const JUSTFILE = `dir := 'src'
now := \`date\`
alias c := clean
build target='debug': lint
  cargo build --{{target}}
lint:
  @echo hi
clean: build
  -rm -rf {{dir}}
stamp:
  echo "{{now}}"
script:
  #!/usr/bin/env bash
  rm x
python:
  #!/usr/bin/env python3
  import os
git +words:
  git {{words}}
`;

const SCRIPTS = {
  build: 'tsc && build-icons dist',
  clean: 'rm -rf src',
  prelint: 'rm before',
  lint: 'biome check',
  postlint: 'rm after',
  again: 'npm run again',
  opens: 'cat x |',
};

const COMPOSER = {
  clean: 'rm -rf var/cache',
  check: ['@lint --strict', '@php bin/x', 'Vendor\\Tool::run', '@putenv A=b'],
  lint: ['phpcs src', '@check'],
};
const DENO = {
  wipe: 'rm -rf out',
  all: { command: 'deno lint', dependencies: ['wipe'] },
  loop: { dependencies: ['loop', 'all'] },
};

const FILES: Readonly<Record<string, string>> = {
  '/home/dev/app/composer.json': JSON.stringify({ scripts: COMPOSER }),
  '/home/dev/app/deno.json': JSON.stringify({ tasks: DENO }),
  '/home/dev/app/Makefile': MAKEFILE,
  '/home/dev/app/justfile': JUSTFILE,
  '/home/dev/app/package.json': JSON.stringify({ scripts: SCRIPTS }),
  '/home/dev/app/other.mk': 'all:\n\trm other\n',
  '/home/dev/app/sub/Makefile': 'all:\n\trm sub\n',
  '/home/dev/app/ls.sh': 'ls\n',
  '/home/dev/app/rm.sh': '#!/usr/bin/env bash\nrm -rf "$1"\n',
  '/home/dev/app/remove.py': "#!/usr/bin/env python3\nimport os\nos.system('rm -rf /')\n",
  '/home/dev/app/odd': '#!/usr/bin/tcsh\nrm x\n',
};

describe('tasks and scripts', () => {
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

  const rulesOf = (line: string): string[] => {
    const { shell } = testContext(FILES);
    return tester.judge(line, { context: { shell } }).assessment.effects.map(({ rule }) => rule);
  };

  const verdictOf = (line: string): string => {
    const { shell } = testContext(FILES);
    const policy = { autoApprove: 'contained' };
    return tester.judge(line, { context: { shell }, policy }).ruling.verdict;
  };

  describe('composer.json and deno.json', () => {
    runs('composer run clean', 'rm -rf var/cache');
    runs('composer run-script clean -- -v', 'rm -rf var/cache -v');
    runs('composer clean', 'rm -rf var/cache');
    runs('cd sub && composer -d .. clean', 'composer -d .. clean', 'rm -rf var/cache');
    runs('composer install');
    runs('composer run missing');
    runs('composer check', 'phpcs src --strict', 'php bin/x', 'export A=b');
    runs('deno task wipe x', 'rm -rf out x');
    runs('deno task all', 'rm -rf out', 'deno lint');
    runs('deno task loop', 'rm -rf out', 'deno lint');
    runs('deno fmt wipe');
    it('what a script deletes is named', () => {
      for (const line of ['composer clean', 'deno task all'])
        assert.ok(rulesOf(line).includes('files/delete-recursive'), line);
    });
  });

  describe('a file that the line changes first', () => {
    for (const line of [
      "echo '{}' > package.json; npm run clean",
      'cp a package.json && npm test',
      'sed -i s/a/b/ package.json; npm run lint',
      "npm pkg set scripts.lint='rm -rf /'; npm run lint",
      'mv a justfile; just stamp',
      "printf 'all:; rm x' | tee Makefile; make",
      'cp a x.mk; make -f x.mk',
    ])
      it(`${line} asks`, () => assert.equal(verdictOf(line), 'ask'));
    for (const line of [
      'cat package.json; npm run lint',
      'jq .scripts package.json; npm run build',
      'sed -n 1p Makefile && make called',
      'echo a > b.txt; npm run build',
      'npm run build; echo a > b.txt',
    ])
      it(`${line} is as it was`, () =>
        assert.equal(tester.read(line, FILES).notUnderstood.length, 0));
  });

  describe('package.json', () => {
    runs('npm run clean', 'rm -rf src');
    runs('npm run-script clean', 'rm -rf src');
    runs('pnpm clean', 'rm -rf src');
    runs('yarn run clean -- -v "a b"', 'rm -rf src -v a b');
    runs('npm run lint', 'rm before', 'biome check', 'rm after');
    runs('npm run missing');
    runs('yarn add clean');
    runs('cd sub && npm run clean', 'npm run clean', 'rm -rf src');
    it('the script runs in the folder of package.json', () => {
      const { invocations } = tester.read('cd sub && npm run clean', FILES);
      assert.deepEqual(invocations.at(-1)?.cwd, { kind: 'known', path: '/home/dev/app' });
    });
    it('the level of a script that deletes work is that of the deletion', () => {
      assert.ok(rulesOf('npm run clean').includes('files/delete-recursive'));
      assert.equal(verdictOf('npm run clean'), 'ask');
    });
    it('a tool that no rule knows is part of the script, which counts as code of the workspace already', () => {
      assert.deepEqual(
        [...new Set(rulesOf('npm run build'))],
        ['builds/npm-run', 'builds/compile'],
      );
    });
    it('a script that starts itself, or is no shell text, is not understood', () => {
      assert.equal(tester.read('npm run again', FILES).notUnderstood[0]?.code, 'too-deep');
      assert.equal(tester.read('npm run opens', FILES).notUnderstood[0]?.code, 'syntax-error');
    });
    it('its name in the tree is the task', () => {
      const nesting = tester.read('npm run clean', FILES).invocations.at(-1)?.nesting ?? [];
      assert.deepEqual(
        nesting.map(({ kind, label }) => [kind, label]),
        [['task', 'npm run clean']],
      );
    });
  });

  describe('makefile', () => {
    runs('make clean', 'rm -rf src');
    runs('make clean DIR=/', 'rm -rf /');
    runs('make', 'git describe', 'go build -ldflags … ./...', 'go test ./...');
    runs('make wipe', 'make clean DIR=/', 'rm -rf /');
    runs('make loop', 'rm a', 'rm b');
    runs('make far', 'terraform destroy -auto-approve');
    runs('make foo.o', 'cc -c foo.c -o foo.o');
    runs('make called', 'echo hi');
    runs('make -f other.mk', 'rm other');
    runs('make -C sub all', 'rm sub');
    runs('make -n clean');
    runs('make missing');
    it('what only make can compute is not understood where it is a program', () => {
      assert.equal(tester.read('make computed', FILES).notUnderstood[0]?.code, 'dynamic-program');
    });
    it('the environment counts where the file sets no value', () => {
      assert.deepEqual(read('GO=rm make build').at(-1), 'rm build -ldflags … ./...');
    });
  });

  describe('justfile', () => {
    runs('just', 'echo hi', 'cargo build --debug');
    runs('just build release', 'echo hi', 'cargo build --release');
    runs('just c', 'echo hi', 'cargo build --debug', 'rm -rf src');
    runs('just git push -f', 'git push -f');
    runs('just script', 'rm x');
    runs('just python');
    runs('just stamp', 'echo …');
    runs('just --list');
  });

  describe('scripts', () => {
    runs('bash rm.sh x', 'rm -rf x');
    runs('./rm.sh x', 'rm -rf x');
    runs('find . -exec ./rm.sh x \\;', './rm.sh x', 'rm -rf x');
    runs('python3 remove.py', 'rm -rf /');
    runs('./remove.py', 'rm -rf /');
    runs('./odd');
    runs('./timeout 5 rm x', 'rm x');
    it('a script that is executed counts as foreign code, whatever can be read of it', () => {
      assert.deepEqual(rulesOf('./ls.sh'), ['code/run-workspace-file', 'reads/list']);
    });
    it('a script that only reads stands for its commands', () => {
      assert.equal(verdictOf('cd . && bash ls.sh | head -3'), 'allow');
    });
    for (const line of [
      'cp evil ls.sh; bash ls.sh',
      'bash ls.sh & cp evil ls.sh',
      'echo rm -rf / > ls.sh; . ./ls.sh',
      'for i in 1 2; do bash ls.sh; mv evil ls.sh; done',
      'git checkout evil && source ls.sh',
    ]) {
      it(`${line} asks: the script may be another one when its turn comes`, () => {
        assert.equal(verdictOf(line), 'ask');
      });
    }
  });
});
