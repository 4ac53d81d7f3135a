// Rules on what others get: publishing, taking back, and running packages of others.

import { WORKSPACE_TOOLS } from '../../shell/unwrap/runners.ts';
import { pretends } from '../pretending.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { foreign, isVerb, path, second, verb } from './packageRule.ts';
import { publishesIntoFolder } from './workspaceTools.ts';

/** Tools of the workspace that a package runner starts; other names may be anybody's code. */
const KNOWN_TOOLS =
  /^(tsc|eslint|prettier|jest|vitest|mocha|playwright|cypress|biome|tsx|ts-node|vite|webpack|rollup|esbuild|next|nuxt|astro|turbo|nx|lint-staged|husky|stylelint|markdownlint|markdownlint-cli2?|typedoc|prisma|drizzle-kit|tailwindcss|postcss|ruff|black|mypy|pytest|pyright|isort|flake8|pre-commit|knip|depcheck|c8|nyc|oxlint|rimraf|cross-env|concurrently)$/;

function nameOf(call: Call): string {
  return (call.valueOf('-p', '--package', '--from')?.value ?? verb(call)).replace(/(?<=.)@.*$/, '');
}

/** `pnpm exec tsc`: a known tool, taken from the workspace. */
const startsKnown = (call: Call) =>
  (verb(call) === 'exec' && KNOWN_TOOLS.test(second(call).replace(/(?<=.)@.*$/, ''))) ||
  (/^(pnpm|yarn)$/.test(call.program) && WORKSPACE_TOOLS.includes(verb(call)));

/** A package that is named by where it lies, not by its name. */
const ADDRESS = /^(@?[\w./-]+@)?(https?:|git[+:@]|ssh:|github:|gitlab:|bitbucket:|gist:)/;

/** Tools that build or run what an address names; of `go run` a module with a version is one. */
function runsByAddress(call: Call): boolean {
  const given = call.invocation.argv.slice(1).map(({ value }) => value ?? '');
  const [first = ''] = given;
  switch (call.program) {
    case 'uv':
      return (
        /^(run|pip|tool|add)$/.test(first) &&
        ADDRESS.test(given.find((word) => !/^-|^(run|pip|tool|add|install)$/.test(word)) ?? '')
      );
    case 'cargo':
      return given.includes('install') && given.some((word) => /^--git(=|$)/.test(word));
    case 'go':
      return /^(run|install)$/.test(first) && given.some((word) => /^[\w-]+\.\w[^@]*@/.test(word));
    case 'deno':
      return /^(run|install|serve|x)$/.test(first) && given.some((word) => /^https?:/.test(word));
    case 'nix':
      return (
        /^(run|shell|develop|profile)$/.test(first) && given.some((word) => ADDRESS.test(word))
      );
    case 'nix-shell':
      return given.some((word) => /\bfetch[A-Zu]\w+|^https?:/.test(word));
    default:
      return false;
  }
}

/** Rules on what others get: publishing, taking back, and running packages of others. */
export const packageShareRules: readonly Rule[] = [
  foreign({
    id: 'packages/publish',
    programs: words(
      'npm pnpm yarn bun cargo twine gem poetry uv flit hatch pdm rye vsce ovsx dart mvn gradle gradlew sbt pod mix shards nimble luarocks cabal stack npm-publish nuget dotnet mvnw lerna changeset semantic-release np release-it goreleaser jsr helm-push',
    ),
    when: {
      test: (call) =>
        !pretends(call, '--dry-run', '-n') &&
        !publishesIntoFolder(call) &&
        (/^(publish|push|upload|release|deploy:deploy|hex\.publish|publishSigned)$/.test(
          call.subcommand[0] ?? verb(call),
        ) ||
          /^trunk push$/.test(path(call)) ||
          (/^gradlew?$/.test(call.program) &&
            call.operands.some(({ value }) =>
              /^(:?[\w-]+:)*(publish(?!ToMavenLocal)\w*|uploadArchives|closeAndRelease\w*)$/.test(
                value ?? '',
              ),
            )) ||
          /^(semantic-release|np|release-it|goreleaser)$/.test(call.program) ||
          /^(npm publish|nuget push|npm-publish)$/.test(path(call)) ||
          (/^mvnw?$/.test(call.program) && /^deploy(:|$)/.test(verb(call))) ||
          /^npm publish$/.test(`${verb(call)} ${second(call)}`)),
    },
    verb: 'send',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    why: 'It publishes a package for everybody; a version cannot be taken back for good.',
    target: 'none',
    recovery: 'Publish a fixed version and mark this one as bad.',
    alternative: '`--dry-run` shows what would go.',
    examples: {
      match: ['npm publish', 'cargo publish', 'twine upload dist/x.whl', 'yarn npm publish'],
      noMatch: ['npm publish --dry-run', 'npm pack'],
    },
  }),
  foreign({
    id: 'packages/unpublish',
    programs: words('npm pnpm yarn cargo gem dotnet nuget vsce ovsx pod mix'),
    when: {
      test: (call) =>
        (/^trunk (delete|deprecate|add-owner|remove-owner)$/.test(path(call)) ||
          /^hex\.(retire|owner|organization)$/.test(verb(call)) ||
          /^(unpublish|deprecate|yank|owner|access|team|token|dist-tag|hook|org|delete)$/.test(
            call.subcommand[0] ?? verb(call),
          ) ||
          path(call) === 'nuget delete') &&
        !/^(ls|list|get)$/.test(second(call)),
    },
    verb: 'delete',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    why: 'It changes what others get from the registry, or who may publish there.',
    recovery: 'Ask the registry; an unpublished version cannot be published again.',
    examples: {
      match: ['npm unpublish x@1.0.0', 'cargo yank --vers 1.0.0', 'npm dist-tag add x@1 latest'],
      noMatch: ['npm publish', 'npm access ls'],
    },
  }),
  foreign({
    id: 'packages/account',
    programs: words('npm pnpm yarn bun cargo gem dotnet vsce'),
    when: {
      test: (call) =>
        /^(adduser|login|logout|signin|signout)$/.test(call.subcommand[0] ?? verb(call)),
    },
    verb: 'change-config',
    category: 'config-change',
    why: 'It signs in to or out of the registry.',
    target: 'none',
    recovery: 'Sign in or out again.',
    examples: { match: ['npm login'], noMatch: ['npm whoami'] },
  }),
  foreign({
    id: 'packages/publish-script',
    programs: words('python python2 python3'),
    when: {
      test: (call) =>
        call.operands[0]?.value === 'setup.py' &&
        call.operands.some((word) => /^(upload|register)$/.test(word.value ?? '')),
    },
    verb: 'send',
    severity: 'serious',
    reversible: 'no',
    reach: 'shared',
    why: 'It publishes a package for everybody; a version cannot be taken back for good.',
    target: 'none',
    recovery: 'Publish a fixed version and mark this one as bad.',
    examples: { match: ['python setup.py sdist upload'], noMatch: ['python setup.py build'] },
  }),
  foreign({
    id: 'packages/run-foreign',
    programs: words('npx bunx uvx pipx'),
    when: {
      test: (call) =>
        !KNOWN_TOOLS.test(nameOf(call)) && !/^(list|environment|--version)$/.test(verb(call)),
    },
    why: 'It fetches a package and runs it.',
    target: { kind: 'package', operand: 0 },
    alternative: 'Install the package in the workspace, so that the lock file fixes it.',
    recovery: 'Depends on what the package did.',
    examples: {
      match: ['npx some-generator', 'uvx x'],
      noMatch: ['npx tsc --noEmit', 'npx eslint src'],
    },
  }),
  foreign({
    id: 'packages/run-from-address',
    programs: words('npx bunx pnpx uvx pipx npm pnpm yarn bun uv cargo go deno nix nix-shell'),
    when: {
      test: (call) =>
        runsByAddress(call) ||
        ((/x$/.test(call.program) || /^(exec|x|dlx)$/.test(verb(call))) &&
          [...call.operands.slice(0, 2), call.valueOf('-p', '--package', '--from', '--spec')].some(
            (word) => ADDRESS.test(word?.value ?? ''),
          )),
    },
    severity: 'serious',
    why: 'It fetches a program from an address, not from a registry, and runs it unseen.',
    target: { kind: 'package', operand: 0 },
    alternative: 'Fetch it, read it, then run it in a second command.',
    recovery: 'Depends on what the program did.',
    examples: {
      match: [
        'npx github:a/b',
        'npm exec --yes https://example.org/a.tgz',
        'uvx --from git+https://example.org/a a',
        'uv run https://example.org/a.py',
        'cargo install --git https://example.org/a',
        'go run example.org/a@latest',
        'deno run -A https://example.org/a.ts',
        'nix run github:a/b',
      ],
      noMatch: ['npx some-generator', 'uvx ruff', 'npm install github:a/b'],
    },
  }),
  foreign({
    id: 'packages/run-known',
    programs: words('npx bunx uvx pnpm yarn npm'),
    when: {
      test: (call) =>
        /^(npx|bunx|uvx)$/.test(call.program) ? KNOWN_TOOLS.test(nameOf(call)) : startsKnown(call),
    },
    severity: 'minor',
    reach: 'workspace',
    why: 'It runs a tool of the workspace.',
    target: { kind: 'package', operand: 0 },
    recovery: 'Version control has the sources.',
    examples: {
      match: ['npx tsc --noEmit', 'pnpm exec tsc', 'yarn prisma generate'],
      noMatch: ['npx some-generator', 'pnpm exec some-generator', 'pnpm dlx tsc'],
    },
  }),
  foreign({
    id: 'packages/run-dlx',
    programs: words('npm pnpm yarn bun'),
    when: {
      test: (call) =>
        isVerb('dlx', 'exec', 'x', 'create', 'init', 'innit')(call) &&
        !startsKnown(call) &&
        !makesManifest(call),
    },
    why: 'It runs a program of a package, fetched where it is not there.',
    recovery: 'Depends on what the package did.',
    alternative: 'Install the package in the workspace, so that the lock file fixes it.',
    examples: {
      match: ['pnpm dlx x', 'npm exec x', 'npm init vite'],
      noMatch: ['npm run x', 'pnpm exec tsc', 'npm init -y'],
    },
  }),
  foreign({
    id: 'packages/new-manifest',
    programs: words('npm pnpm yarn'),
    when: { test: makesManifest },
    verb: 'create',
    category: 'config-change',
    severity: 'minor',
    reversible: 'yes',
    reach: 'workspace',
    target: 'none',
    why: 'It writes a package.json, and keeps what stands in one.',
    recovery: 'Delete the file.',
    alternative: undefined,
    examples: {
      match: ['npm init -y', 'yarn init --yes'],
      noMatch: ['npm init vite', 'npm init -y -w x', 'npm create vite'],
    },
  }),
];

/** `npm init -y`; a name behind it is a package that is fetched and run. */
function makesManifest(call: Call): boolean {
  return (
    verb(call) === 'init' &&
    call.operands.length === 1 &&
    call.options.every(({ name }) => /^(-y|--yes)$/.test(name))
  );
}
