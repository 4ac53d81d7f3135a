// Building, testing and checking the workspace: its own code runs, and what it makes can be made again.
import { reader } from '../readRule.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { build, first, runsFarTask } from './buildRule.ts';
import { checkerRules } from './checkers.ts';
import { goRules } from './goRules.ts';
import { taskRules } from './tasks.ts';
import { workspaceToolRules } from './workspaceTools.ts';

export const buildsFamily: Family = {
  name: 'builds',
  about: "Building, testing, linting: the workspace's own code runs.",
  syntax: [
    {
      programs: ['rustc'],
      abbreviates: false,
      takesToolchain: true,
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
      hasVerb: true,
      subcommandDepth: 1,
      takesToolchain: true,
      valueOptions: words(
        '-C -p --package --bin --test --example --features -F --target --manifest-path --config -Z --profile -j --color --message-format --bench',
      ),
    },
    {
      programs: ['just'],
      valueOptions: words('-d -f -s --justfile --working-directory --shell --shell-arg --show'),
    },
    {
      programs: ['mise', 'rtx'],
      hasVerb: true,
      subcommandDepth: 1,
      valueOptions: ['-C', '--cd', '-E', '--env', '-j', '--jobs'],
    },
    {
      programs: ['task', 'go-task'],
      valueOptions: words('-t -d -o -c -C -I --taskfile --dir --output --concurrency --interval'),
    },
    {
      programs: words('uvicorn gunicorn hypercorn flask fastapi'),
      abbreviates: false,
      valueOptions: words(
        '-h --host -p --port -b --bind -w --workers -A --app -k --log-level --reload-dir',
      ),
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
        'pytest py.test tox nox jest vitest mocha ava jasmine karma cypress playwright phpunit rspec minitest ctest bats nyc c8 coverage unittest gotestsum hypothesis behave stack django pest paratest codecept testem web-test-runner wtr',
      ),
      when: {
        test: (call) =>
          call.program === 'django'
            ? /^(test|check)$/.test(first(call))
            : call.program === 'stack'
              ? first(call) === 'test'
              : !runsFarTask(call) || !/^(tox|nox)$/.test(call.program),
      },
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
          !call.has('--noEmit', '-noEmit', '--showConfig') &&
          !call.operands.some((word) => /^(deploy|publish)$/.test(word.value ?? '')),
      },
      why: 'It builds the workspace.',
      examples: { match: ['gcc -o a a.c', 'vite build', 'tsc'], noMatch: ['make install'] },
    }),
    build({
      id: 'builds/node-test',
      programs: ['node', 'nodejs'],
      when: { any: ['--test'], none: ['-e', '--eval', '-p', '--print', '-r', '--require'] },
      why: "It runs the workspace's own tests.",
      examples: { match: ['node --test', 'node --test test'], noMatch: ['node a.js'] },
    }),
    build({
      id: 'builds/generate-client',
      programs: ['prisma', 'drizzle-kit'],
      when: { test: (call) => /^(generate|format|validate|check)$/.test(first(call)) },
      why: 'It makes or checks code of the workspace from the description of its tables.',
      examples: {
        match: ['prisma generate', 'drizzle-kit check'],
        noMatch: ['prisma migrate reset'],
      },
    }),
    build({
      id: 'builds/rails',
      programs: ['rails'],
      when: {
        test: (call) =>
          /^(test|test:\w+|spec|routes|about|stats|notes|middleware|initializers|zeitwerk:check|generate|g|assets:precompile|tmp:\w+)$/.test(
            first(call),
          ),
      },
      why: "It runs a task of the workspace's own application.",
      examples: {
        match: ['rails test', 'bin/rails routes'],
        noMatch: ['rails db:drop', 'rails runner x'],
      },
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
      id: 'builds/cargo',
      programs: ['cargo'],
      when: {
        subcommand: words(
          'build b test t check c run r clippy fmt doc bench nextest fix clean llvm-cov expand fuzz miri tree metadata report insta hack deny udeps machete',
        ),
        none: ['--config'],
      },
      why: "It builds or runs the workspace's own Rust code.",
      examples: {
        match: ['cargo test --all', 'cargo build --release', 'cargo +nightly build'],
        noMatch: ['cargo publish', 'cargo install x'],
      },
    }),
    reader(
      'builds/cargo-read',
      ['cargo'],
      {
        subcommand: words(
          'locate-project pkgid verify-project read-manifest version search info help',
        ),
        none: ['--config'],
      },
      { match: ['cargo pkgid', 'cargo search x'], noMatch: ['cargo build', 'cargo tree'] },
      'none',
    ),
    reader(
      'builds/mise-read',
      ['mise', 'rtx'],
      {
        subcommand: words(
          'ls list current which where version doctor env ls-remote outdated registry bin-paths tasks task',
        ),
        test: (call) =>
          !/^tasks?$/.test(call.subcommand[0] ?? '') ||
          /^(ls|list|info|deps|validate)?$/.test(first(call)),
      },
      {
        match: ['mise ls', 'mise which node', 'mise tasks ls'],
        noMatch: ['mise use node@20', 'mise tasks run test'],
      },
      'none',
    ),
    ...goRules,
    ...workspaceToolRules,
    ...taskRules,
    ...checkerRules,
  ],
};

/** What compilers and linters say about themselves. */
function isCompilerRead(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  if (call.operands.length > 0)
    return (
      call.program === 'golangci-lint' &&
      /^(version|linters|help)$/.test(first(call)) &&
      !call.has('-c', '--config')
    );
  return (
    call.options.length > 0 &&
    call.options.every(({ name }) =>
      /^(--version|-v|-V|--print|--help|-dump\w+|-print-\S+|--print-\S+)$/.test(name),
    )
  );
}
