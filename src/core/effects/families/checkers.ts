// Rules on what checks and formats sources; which of it is proved to only read.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { build, first } from './buildRule.ts';

const PROVEN_CHECKERS = words(
  'shellcheck hadolint yamllint markdownlint actionlint codespell typos pyflakes pycodestyle jsonlint staticcheck vulture bandit radon gofmt goimports shfmt clang-format',
);

const FIXES = words(
  '--fix --fix-only --unsafe-fixes -w --write --write-changes -i --in-place --output -o --init --plugin --load-plugins',
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
      if (call.has('--add-noqa', '--output-file', '-o')) return false;
      return first(call) === 'check' || (first(call) === 'format' && call.has('--check', '--diff'));
    case 'actionlint':
      // It starts the checkers of scripts that these name.
      return !call.invocation.argv.some(({ value }) =>
        /^--?(shellcheck|pyflakes|config-file)/.test(value ?? ''),
      );
    default:
      return PROVEN_CHECKERS.includes(call.program);
  }
}

/** Rules on checkers and formatters. */
export const checkerRules: readonly Rule[] = [
  build({
    id: 'builds/lint',
    programs: words(
      'eslint prettier stylelint biome oxlint xo standard mypy pyright pylint flake8 ruff black isort autopep8 yapf rubocop golangci-lint gofmt goimports gofumpt rustfmt clang-format clang-tidy shfmt checkstyle ktlint detekt phpstan psalm php-cs-fixer markdownlint typos codespell pre-commit hk lint-staged husky vulture bandit stylua luacheck sqlfluff djlint dprint taplo buildifier ansible-lint cfn-lint tflint terraform-docs tfsec checkov trivy grype syft semgrep gitleaks trufflehog detect-secrets conftest datree infracost terrascan kics dockle license-checker cspell alex write-good vale proselint ls-lint knip depcheck madge ts-prune dependency-cruiser size-limit bundlesize publint attw',
    ),
    when: {
      test: (call) =>
        !isProvenCheck(call) &&
        !(call.program === 'golangci-lint' && /^(version|linters|help)$/.test(first(call))),
    },
    why: 'It checks or formats the sources of the workspace.',
    examples: { match: ['eslint --fix src', 'black .', 'golangci-lint run'], noMatch: ['rm a'] },
  }),
  reader(
    'builds/check',
    [...PROVEN_CHECKERS, 'black', 'isort', 'rustfmt', 'ruff'],
    { test: isProvenCheck },
    {
      match: ['shellcheck a.sh', 'ruff check src', 'gofmt -l .', 'black --check .'],
      noMatch: [
        'ruff check --fix',
        'ruff check --add-noqa',
        'ruff check -o a',
        'actionlint -shellcheck ./own',
        'gofmt -w .',
        'black .',
      ],
    },
  ),
  reader(
    'builds/type-check',
    ['tsc'],
    {
      any: ['--noEmit', '-noEmit', '--version', '-v', '--showConfig'],
      // `--noEmit false` emits.
      test: (call) => !call.operands.some(({ value }) => value === 'false'),
      none: words(`
  --build -b --init --generateTrace --generateCpuProfile --outDir --outFile
  --incremental --tsBuildInfoFile --watch
`),
    },
    {
      match: ['tsc --noEmit', 'tsc -p . --noEmit'],
      noMatch: ['tsc', 'tsc --noEmit --generateTrace x', 'tsc --noEmit false'],
    },
    'none',
  ),
];
