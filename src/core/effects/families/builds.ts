// Building, testing and checking the workspace: its own code runs, and what it makes can be made again.
import { reader } from '../readRule.ts';
import { classifyPath } from '../targets.ts';
import type { Call, EffectContext, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** The workspace's own code runs; version control and another build bring back what it changes. */
function build(spec: Spec): Rule {
  return {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    recovery: 'Version control has the sources; build again for the rest.',
    ...spec,
  };
}

/** First operand that is a task, such as `test` in `mise run test`. */
const first = (call: Call) => call.operands[0]?.value ?? '';

/** Task words that send work to others; a runner's name says nothing against them. */
const REACHES_OUT =
  /(^|[:_-])(deploy|publish|release|destroy|migrate|seed|reset|drop|push|prod|production|teardown|nuke|purge)([:_-]|$)/i;
const runsHarmlessTask = (call: Call, context: EffectContext) =>
  isOwnTask(call, context) &&
  call.operands.every((word) => word.value !== undefined && !REACHES_OUT.test(word.value));
const runsFarTask = (call: Call) =>
  call.operands.some((word) => REACHES_OUT.test(word.value ?? ''));

/** Options that name the file or folder of the tasks. */
const TASK_FILES = words(
  '-C -f -d --directory --file --makefile --justfile --working-directory --prefix --cwd --dir --rakefile',
);
/** Options that are the task's text, or say who reads it. */
const TASK_TEXT = words('--eval --shell --shell-arg --shell-command --command --script-shell');

/** True where the task stands in a file of the workspace, and is read as it would be without options. */
function isOwnTask(call: Call, context: EffectContext): boolean {
  const word = call.valueOf(...TASK_FILES);
  const { place } = word
    ? classifyPath(word, call.invocation.cwd, context)
    : { place: 'workspace' };
  const isText = call.has(...TASK_TEXT) || /^-$|^\/dev\//.test(word?.value ?? '');
  const isChanged = call.operands.some((operand) =>
    /^(SHELL|MAKEFLAGS|\.SHELLFLAGS)\s*[:?+]?=|^\w+\s*[:?+]?=.*(\$\(|`)/s.test(operand.value ?? ''),
  );
  const isInside = /^(workspace|workspace-root|disposable)$/.test(place ?? '');
  return isInside && !isText && !isChanged;
}

const PROVEN_CHECKERS = words(
  'shellcheck hadolint yamllint markdownlint actionlint codespell typos pyflakes pycodestyle jsonlint staticcheck vulture bandit radon gofmt goimports shfmt clang-format terraform-docs tflint',
);

export const buildsFamily: Family = {
  name: 'builds',
  about: "Building, testing, linting: the workspace's own code runs.",
  syntax: [
    {
      programs: ['rustc'],
      abbreviates: false,
      valueOptions: words('--print -o --edition -C -L --crate-type --target --emit'),
    },
    { programs: ['tsc'], singleDashLong: true, valueOptions: ['-p', '--project'] },
    {
      programs: ['go'],
      subcommandDepth: 1,
      singleDashLong: true,
      valueOptions: words(
        '-run -bench -count -timeout -o -tags -C -p -ldflags -gcflags -coverprofile -mod -modfile -overlay -exec -toolexec -vettool',
      ),
    },
    {
      programs: ['cargo'],
      subcommandDepth: 1,
      valueOptions: words(
        '-p --package --bin --test --example --features -F --target --manifest-path --config -Z --profile -j --color --message-format --bench',
      ),
    },
    {
      programs: ['just'],
      valueOptions: words('-d -f -s --justfile --working-directory --shell --shell-arg --show'),
    },
    {
      programs: ['mise', 'rtx'],
      subcommandDepth: 1,
      valueOptions: ['-C', '--cd', '-E', '--env', '-j', '--jobs'],
    },
    { programs: ['make', 'gmake'], valueOptions: ['-C', '-f', '-j', '-I', '-o', '-W'] },
    {
      programs: [
        'dotnet',
        'mix',
        'zig',
        'swift',
        'bazel',
        'bazelisk',
        'deno',
        'hk',
        'pre-commit',
        'nx',
        'turbo',
        'task',
        'rake',
        'gradle',
        'gradlew',
        'mvn',
        'mvnw',
        'sbt',
      ],
      subcommandDepth: 0,
    },
  ],
  rules: [
    build({
      id: 'builds/test',
      programs: words(
        'pytest py.test tox nox jest vitest mocha ava jasmine karma cypress playwright phpunit rspec minitest ctest bats nyc c8 coverage unittest gotestsum hypothesis behave stack',
      ),
      when: { test: (call) => !runsFarTask(call) || !/^(tox|nox)$/.test(call.program) },
      why: "It runs the workspace's own tests.",
      examples: { match: ['pytest -q tests', 'jest --watch'], noMatch: ['npm publish'] },
    }),
    build({
      id: 'builds/compile',
      programs: words(
        'tsc gcc g++ cc c++ clang clang++ ld ar as javac kotlinc scalac rustc ghc nasm ninja cmake meson webpack rollup esbuild vite parcel swc babel tsup tsx ts-node protoc buf sass postcss ng next nuxt astro storybook msbuild xcodebuild emcc wasm-pack maturin hugo jekyll mkdocs sphinx-build latexmk pdflatex doxygen javadoc typedoc strip',
      ),
      when: {
        test: (call) =>
          !isCompilerRead(call) &&
          !call.has('--noEmit', '-noEmit') &&
          !call.operands.some((word) => /^(deploy|publish)$/.test(word.value ?? '')),
      },
      why: 'It builds the workspace.',
      examples: { match: ['gcc -o a a.c', 'vite build', 'tsc'], noMatch: ['make install'] },
    }),
    reader(
      'builds/compiler-read',
      words('rustc gcc g++ cc c++ clang clang++ javac ghc golangci-lint eslint prettier mypy'),
      {
        test: isCompilerRead,
      },
      {
        match: ['rustc --print sysroot', 'golangci-lint version --json', 'gcc -v'],
        noMatch: ['rustc a.rs', 'golangci-lint run'],
      },
      'none',
    ),
    build({
      id: 'builds/lint',
      programs: words(
        'eslint prettier stylelint biome oxlint xo standard mypy pyright pylint flake8 ruff black isort autopep8 yapf rubocop golangci-lint gofmt goimports gofumpt rustfmt clang-format clang-tidy shfmt checkstyle ktlint detekt phpstan psalm php-cs-fixer markdownlint typos codespell pre-commit hk lint-staged husky vulture bandit stylua luacheck sqlfluff djlint dprint taplo buildifier ansible-lint cfn-lint',
      ),
      when: {
        test: (call) =>
          !isProvenCheck(call) &&
          !(call.program === 'golangci-lint' && /^(version|linters|help)$/.test(first(call))),
      },
      why: 'It checks or formats the sources of the workspace.',
      examples: { match: ['eslint --fix src', 'black .', 'golangci-lint run'], noMatch: ['rm a'] },
    }),
    build({
      id: 'builds/go',
      programs: ['go'],
      when: {
        subcommand: words('build test vet run fmt fix generate clean tool'),
        none: ['-exec', '-toolexec', '-vettool', '-overlay', '-modcache'],
        test: (call) => !call.operands.some((word) => /@/.test(word.value ?? '')),
      },
      why: "It builds or runs the workspace's own Go code.",
      examples: {
        match: ['go test ./...', 'go build -o bin/x ./cmd/x'],
        noMatch: ['go install x@latest', 'go run x@latest', 'go clean -modcache'],
      },
    }),
    build({
      id: 'builds/cargo',
      programs: ['cargo'],
      when: {
        subcommand: words(
          'build b test t check c run r clippy fmt doc bench nextest fix clean llvm-cov expand fuzz miri insta hack deny udeps machete',
        ),
        none: ['--config'],
      },
      why: "It builds or runs the workspace's own Rust code.",
      examples: {
        match: ['cargo test --all', 'cargo build --release'],
        noMatch: ['cargo publish', 'cargo install x'],
      },
    }),
    build({
      id: 'builds/task',
      programs: words(
        'make gmake just task rake mage invoke inv gradle gradlew mvn mvnw sbt lein ant bazel bazelisk buck2 nx turbo lerna moon pants earthly dotnet mix rebar3 zig swift stack cabal dune elm gleam crystal shards nimble hatch doit grunt gulp',
      ),
      when: {
        test: (call, context) =>
          runsHarmlessTask(call, context) &&
          !/^(add|install|publish|tool|nuget|hex\..*|uninstall)$/.test(first(call)),
      },
      why: 'It runs a task of the workspace.',
      examples: {
        match: ['make test', 'just build', 'gradle build'],
        noMatch: ['make deploy', 'make install'],
      },
    }),
    build({
      id: 'builds/foreign-task',
      programs: words(
        'make gmake just task rake gradle gradlew mvn ant bazel invoke inv doit npm pnpm yarn bun mise rtx',
      ),
      when: { test: (call, context) => !isOwnTask(call, context) },
      severity: 'serious',
      reversible: 'unknown',
      reach: 'machine',
      why: 'It runs a task from outside the workspace, or text that stands on the command line.',
      recovery: 'Depends on the task.',
      examples: {
        match: ['make -f /tmp/x.mk', 'make --eval="x:;rm y" x', 'make SHELL=./x', 'just --shell x'],
        noMatch: ['make -C src test', 'make -f build.mk', 'just build', 'npm --prefix web test'],
      },
    }),
    build({
      id: 'builds/far-task',
      programs: words(
        'make gmake just task rake mage invoke inv gradle gradlew mvn mvnw sbt lein ant bazel bazelisk nx turbo lerna moon pants earthly dotnet mix zig hatch doit grunt gulp npm pnpm yarn bun mise',
      ),
      when: {
        test: (call) =>
          runsFarTask(call) &&
          !/^(config|info|view|help|ef)$/.test(first(call)) &&
          !call.has('--dry-run'),
      },
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      why: 'It runs a task whose name says that it reaches others or resets something.',
      recovery: 'Depends on the task.',
      examples: { match: ['make deploy', 'npm run db:reset'], noMatch: ['make test'] },
    }),
    build({
      id: 'builds/install-task',
      programs: words('make gmake ninja cmake just task'),
      when: {
        test: (call) =>
          call.operands.some((word) => /^(install|uninstall)([:_-].*)?$/.test(word.value ?? '')) ||
          call.has('--install'),
      },
      severity: 'moderate',
      reversible: 'unknown',
      reach: 'machine',
      why: 'It installs what was built.',
      recovery: 'Depends on what is installed.',
      examples: { match: ['make install'], noMatch: ['make test'] },
    }),
    build({
      id: 'builds/mise-run',
      programs: ['mise', 'rtx'],
      when: { subcommand: words('run r watch tasks'), test: runsHarmlessTask },
      why: 'It runs a task of the workspace.',
      examples: { match: ['mise run test'], noMatch: ['mise install', 'mise run deploy'] },
    }),
    build({
      id: 'builds/npm-run',
      programs: words('npm pnpm yarn bun'),
      when: { test: (call, context) => isPackageTask(call) && runsHarmlessTask(call, context) },
      why: 'It runs a script of the workspace.',
      examples: {
        match: ['npm test', 'npm run build', 'yarn lint', 'pnpm test'],
        noMatch: ['npm run deploy', 'npm install', 'npm publish', 'npm rebuild'],
      },
    }),
    reader(
      'builds/go-read',
      ['go'],
      {
        subcommand: words('version list env doc help'),
        none: ['-w', '-u', '-exec', '-toolexec', '-mod'],
      },
      {
        match: ['go version', 'go list ./...', 'go env GOPATH'],
        noMatch: ['go env -w A=b', 'go test'],
      },
      'none',
    ),
    reader(
      'builds/cargo-read',
      ['cargo'],
      {
        subcommand: words(
          'metadata tree locate-project pkgid verify-project read-manifest version search info help',
        ),
        none: ['--config'],
      },
      { match: ['cargo tree', 'cargo metadata'], noMatch: ['cargo build'] },
      'none',
    ),
    reader(
      'builds/mise-read',
      ['mise', 'rtx'],
      {
        subcommand: words(
          'ls list current which where version doctor env ls-remote outdated registry bin-paths',
        ),
      },
      { match: ['mise ls', 'mise which node'], noMatch: ['mise use node@20'] },
      'none',
    ),
    reader(
      'builds/just-list',
      ['just'],
      { any: ['-l', '--list', '--summary', '-n', '--dry-run'] },
      { match: ['just --list'], noMatch: ['just build'] },
      'none',
    ),
    reader(
      'builds/check',
      [...PROVEN_CHECKERS, 'black', 'isort', 'rustfmt', 'ruff'],
      { test: isProvenCheck },
      {
        match: ['shellcheck a.sh', 'ruff check src', 'gofmt -l .', 'black --check .'],
        noMatch: ['ruff check --fix', 'gofmt -w .', 'black .'],
      },
    ),
    reader(
      'builds/type-check',
      ['tsc'],
      {
        any: ['--noEmit', '-noEmit', '--version', '-v', '--showConfig', '--listFiles'],
        none: words(`
  --build -b --init --generateTrace --generateCpuProfile --outDir --outFile
  --incremental --tsBuildInfoFile --watch
`),
      },
      {
        match: ['tsc --noEmit', 'tsc -p . --noEmit'],
        noMatch: ['tsc', 'tsc --noEmit --generateTrace x'],
      },
      'none',
    ),
  ],
};

/** `npm run x`, `npm test`, and with yarn, pnpm and bun also the script's bare name. */
function isPackageTask(call: Call): boolean {
  const word = first(call);
  if (/^(run|run-script|test|t|tst|start|stop|restart)$/.test(word)) return true;
  if (call.program === 'npm') return false;
  return /^(lint|build|typecheck|type-check|check|format|fmt|dev|test[:_-].*|lint[:_-].*|build[:_-].*|tsc|eslint|jest|vitest|prettier)$/.test(
    word,
  );
}

const FIXES = words(
  '--fix --fix-only --unsafe-fixes -w --write --write-changes -i --in-place --output -o --init',
);

/** Linters that load no code of the workspace, and formatters that are told to check only. */
function isProvenCheck(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.has(...FIXES)) return false;
  switch (call.program) {
    case 'black':
    case 'isort':
      return call.has('--check', '--check-only', '--diff', '-c', '--version');
    case 'rustfmt':
      return call.has('--check', '--version');
    case 'ruff':
      return first(call) === 'check' || (first(call) === 'format' && call.has('--check', '--diff'));
    default:
      return PROVEN_CHECKERS.includes(call.program);
  }
}

/** What compilers and linters say about themselves. */
function isCompilerRead(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  if (call.operands.length > 0)
    return call.program === 'golangci-lint' && /^(version|linters|help)$/.test(first(call));
  return (
    call.options.length > 0 &&
    call.options.every(({ name }) =>
      /^(--version|-v|-V|--print|--help|-dump\w+|-print-\S+|--print-\S+)$/.test(name),
    )
  );
}
