// Package managers: installing runs foreign code, publishing reaches everybody, listing only reads.
import { reader } from '../readRule.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Foreign code comes in and may run at once. */
function foreign(spec: Spec): Rule {
  return {
    verb: 'execute-code',
    category: 'data-mutation',
    severity: 'moderate',
    reversible: 'effort',
    reach: 'machine',
    target: { kind: 'package', operand: 1 },
    recovery: 'Uninstall the package; the lock file in version control says what was there.',
    ...spec,
  };
}

const verb = (call: Call) => call.operands[0]?.value ?? '';
const second = (call: Call) => call.operands[1]?.value ?? '';
const isVerb =
  (...verbs: string[]) =>
  (call: Call) =>
    verbs.includes(verb(call));
const path = (call: Call) => `${verb(call)} ${second(call)}`;

const NODE = words('npm pnpm yarn bun');
const SYSTEM = words(
  'apt apt-get aptitude dnf yum microdnf zypper pacman yay paru apk brew port snap flatpak emerge xbps-install nix-env nix-collect-garbage opkg pkg choco winget scoop',
);
const PYTHON = words('pip pip3 uv poetry pipenv pdm rye conda mamba micromamba pipx hatch');
const OTHERS = words(
  'gem bundle bundler composer cargo go luarocks cpan cpanm opam stack cabal mix dart flutter pub',
);
const VERSIONS = words('rustup mise rtx asdf nvm volta fnm pyenv rbenv sdk jabba n tfenv goenv');

/** Tools of the workspace that a package runner starts; other names may be anybody's code. */
const KNOWN_TOOLS =
  /^(tsc|eslint|prettier|jest|vitest|mocha|playwright|cypress|biome|tsx|ts-node|vite|webpack|rollup|esbuild|next|nuxt|astro|turbo|nx|lint-staged|husky|stylelint|markdownlint|markdownlint-cli2?|typedoc|prisma|drizzle-kit|tailwindcss|postcss|ruff|black|mypy|pytest|pyright|isort|flake8|pre-commit|knip|depcheck|c8|nyc|oxlint|rimraf|cross-env|concurrently)$/;

export const packagesFamily: Family = {
  name: 'packages',
  about: 'Package managers and version managers: installing, removing, publishing, listing.',
  syntax: [
    {
      programs: NODE,
      abbreviates: false,
      valueOptions: words('--prefix -w --workspace --registry --tag --otp --filter -C --cwd --dir'),
    },
    {
      programs: ['npx', 'bunx', 'uvx', 'pipx'],
      stopsAtOperand: true,
      valueOptions: words('-p --package -c --call --from --with --python'),
    },
    {
      programs: words('pip pip3'),
      abbreviates: false,
      valueOptions: words(
        '-r -c -e -i -t --target --index-url --extra-index-url --python --prefix --requirement',
      ),
    },
    { programs: words('brew apt apt-get dnf yum'), valueOptions: ['-o', '-c', '-t'] },
  ],
  rules: [
    foreign({
      id: 'packages/install',
      programs: [
        ...NODE,
        ...PYTHON,
        ...words('gem bundle bundler composer luarocks cpan cpanm opam dart flutter pub mix'),
      ],
      when: { test: (call) => isInstall(call) || /^(cpan|cpanm)$/.test(call.program) },
      why: 'It installs packages, whose code may run at once.',
      examples: {
        match: [
          'npm install left-pad',
          'npm ci',
          'pip install requests',
          'uv sync',
          'poetry add x',
          'yarn',
          'gem install x',
        ],
        noMatch: ['npm ls', 'pip list', 'npm run build'],
      },
    }),
    foreign({
      id: 'packages/install-tool',
      programs: ['cargo', 'go'],
      when: {
        subcommand: [
          'install',
          'get',
          'add',
          'update',
          'mod tidy',
          'mod',
          'work',
          'remove',
          'upgrade',
          'vendor',
          'fetch',
          'generate-lockfile',
          'binstall',
          'run',
          'init',
          'new',
          'download',
        ],
        test: (call) =>
          call.subcommand[0] !== 'run' || call.operands.some((word) => /@/.test(word.value ?? '')),
      },
      why: 'It brings foreign code into the workspace or the machine.',
      target: 'none',
      examples: {
        match: ['cargo install ripgrep', 'go get example.org/x', 'go mod tidy'],
        noMatch: ['cargo test', 'go build'],
      },
    }),
    foreign({
      id: 'packages/install-system',
      programs: SYSTEM,
      when: {
        test: (call) =>
          /^(install|reinstall|upgrade|update|full-upgrade|dist-upgrade|dup|add|in|tap|link|unlink|refresh|build-dep|groupinstall|localinstall|downgrade|cask|bundle|services|pin|hold|mark)$/.test(
            verb(call),
          ) ||
          call.has('-S', '-U', '-i', '-iA') ||
          call.program === 'xbps-install',
      },
      why: 'It installs or upgrades software of the whole machine.',
      recovery: 'Remove it again, or install the old version.',
      examples: {
        match: ['apt-get install -y jq', 'brew install jq', 'pacman -Syu'],
        noMatch: ['apt list', 'brew list'],
      },
    }),
    foreign({
      id: 'packages/remove-system',
      programs: [...SYSTEM, 'dpkg', 'rpm'],
      when: {
        test: (call) =>
          /^(remove|purge|autoremove|autopurge|uninstall|erase|del|rm|zap|untap|unmerge)$/.test(
            verb(call),
          ) || call.has('-R', '-e', '--remove', '--purge', '-r', '-P', '--erase', '-Rns', '-C'),
      },
      verb: 'delete',
      severity: 'serious',
      why: 'It removes software of the whole machine, with what depends on it.',
      recovery: 'Install it again; purged settings are gone.',
      alternative: 'Look first with a dry run (`-s`, `--simulate`).',
      examples: {
        match: ['apt-get purge -y nginx', 'dpkg --purge x', 'brew uninstall jq'],
        noMatch: ['apt-get install x', 'dpkg -l'],
      },
    }),
    foreign({
      id: 'packages/install-file',
      programs: ['dpkg', 'rpm', 'installer', 'softwareupdate'],
      when: {
        any: ['-i', '--install', '-U', '--upgrade', '-F', '--unpack', '--configure', '-pkg'],
      },
      why: 'It installs a package file with its scripts.',
      target: 'operands',
      examples: { match: ['dpkg -i x.deb', 'rpm -U x.rpm'], noMatch: ['dpkg -l', 'rpm -qa'] },
    }),
    foreign({
      id: 'packages/remove',
      programs: [...NODE, ...PYTHON, ...OTHERS, ...VERSIONS],
      when: {
        test: (call) =>
          /^(uninstall|remove|rm|r|un|unlink|prune|purge|implode|env remove)$/.test(
            call.subcommand[0] ?? verb(call),
          ) ||
          call.program === 'nix-collect-garbage' ||
          /^(env remove|toolchain uninstall|self uninstall|plugin remove|plugins uninstall|global remove)$/.test(
            path(call),
          ),
      },
      verb: 'delete',
      why: 'It removes packages or tool versions.',
      recovery: 'Install them again.',
      examples: {
        match: ['npm uninstall x', 'pip uninstall -y x', 'rustup toolchain uninstall nightly'],
        noMatch: ['npm install x'],
      },
    }),
    foreign({
      id: 'packages/remove-environment',
      programs: ['conda', 'mamba', 'micromamba', 'poetry', 'pipenv', 'pyenv', 'rustup'],
      when: {
        test: (call) =>
          (/^(env|virtualenv)$/.test(verb(call)) && /^(remove|delete)$/.test(second(call))) ||
          call.has('--rm', '--all') ||
          /^(self uninstall)$/.test(path(call)) ||
          verb(call) === 'virtualenv-delete',
      },
      verb: 'delete',
      severity: 'serious',
      why: 'It deletes a whole environment with all its packages.',
      recovery: 'Make it again from the lock file.',
      examples: { match: ['conda env remove -n work', 'pipenv --rm'], noMatch: ['conda env list'] },
    }),
    foreign({
      id: 'packages/versions',
      programs: VERSIONS,
      when: {
        test: (call) =>
          /^(install|i|use|global|local|shell|default|toolchain|update|upgrade|component|target|override|pin|set|trust|settings|alias|self-update|plugin|plugins|sync|reshim|unset|activate|self|cache|link|generate|tool-alias|mcp|en)$/.test(
            call.subcommand[0] ?? verb(call),
          ) && !/^(uninstall|remove|list|ls)$/.test(second(call)),
      },
      why: 'It installs or switches versions of tools.',
      target: 'none',
      recovery: 'Switch back to the old version.',
      examples: {
        match: [
          'rustup toolchain install nightly',
          'nvm use 20',
          'mise use node@20',
          'rustup update',
        ],
        noMatch: ['rustup show', 'mise ls', 'mise run x'],
      },
    }),
    foreign({
      id: 'packages/publish',
      programs: words(
        'npm pnpm yarn bun cargo twine gem poetry uv flit hatch pdm rye vsce ovsx dart mvn gradle nuget dotnet lerna changeset semantic-release np release-it goreleaser jsr helm-push',
      ),
      when: {
        test: (call) =>
          !call.has('--dry-run', '-n') &&
          (/^(publish|push|upload|release|deploy:deploy)$/.test(call.subcommand[0] ?? verb(call)) ||
            /^(semantic-release|np|release-it|goreleaser)$/.test(call.program) ||
            /^(npm publish|nuget push|npm-publish)$/.test(path(call)) ||
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
      programs: words('npm pnpm yarn cargo gem dotnet nuget'),
      when: {
        test: (call) =>
          /^(unpublish|deprecate|yank|owner|access|team|token|dist-tag|hook|org|adduser|login|logout|delete)$/.test(
            call.subcommand[0] ?? verb(call),
          ) && !/^(ls|list|get)$/.test(second(call)),
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
      id: 'packages/run-foreign',
      programs: words('npx bunx uvx pipx'),
      when: {
        test: (call) =>
          !KNOWN_TOOLS.test(nameOf(call)) && !/^(list|environment|--version)$/.test(verb(call)),
      },
      why: 'It fetches a package and runs it.',
      target: { kind: 'package', operand: 0 },
      alternative: 'Install the package in the workspace, so that the lock file fixes it.',
      examples: {
        match: ['npx some-generator', 'uvx x'],
        noMatch: ['npx tsc --noEmit', 'npx eslint src'],
      },
    }),
    foreign({
      id: 'packages/run-known',
      programs: words('npx bunx uvx'),
      when: { test: (call) => KNOWN_TOOLS.test(nameOf(call)) },
      severity: 'minor',
      reach: 'workspace',
      why: 'It runs a tool of the workspace.',
      target: { kind: 'package', operand: 0 },
      examples: { match: ['npx tsc --noEmit'], noMatch: ['npx some-generator'] },
    }),
    foreign({
      id: 'packages/run-dlx',
      programs: words('npm pnpm yarn bun'),
      when: { test: isVerb('dlx', 'exec', 'x', 'create', 'init', 'innit') },
      why: 'It runs a program of a package, fetched where it is not there.',
      examples: { match: ['pnpm dlx x', 'npm exec x', 'npm init vite'], noMatch: ['npm run x'] },
    }),
    foreign({
      id: 'packages/manage',
      programs: NODE,
      when: {
        test: (call) =>
          /^(link|ln|version|pkg|rebuild|rb|dedupe|ddp|shrinkwrap|pack|patch|patch-commit|fund|set-script|cache|audit|import|store|deploy|approve-builds|self-update|set|up|unlink|workspaces|policies|plugin|stage|edit|explore|star|unstar|profile|doctor|repo|docs|bugs)$/.test(
            verb(call),
          ) &&
          !(
            /^(cache|store|pkg)$/.test(verb(call)) &&
            /^(ls|list|verify|path|status|get|dir)$/.test(second(call))
          ),
      },
      verb: 'change-config',
      category: 'config-change',
      severity: 'minor',
      reach: 'workspace',
      why: 'It changes the package files of the workspace, or the cache.',
      target: 'none',
      examples: {
        match: ['npm version patch', 'npm cache clean --force', 'npm pack'],
        noMatch: ['npm ls'],
      },
    }),
    foreign({
      id: 'packages/configure',
      programs: [...NODE, ...words('pip pip3 poetry conda bundle gem composer')],
      when: {
        test: (call) =>
          verb(call) === 'config' && !/^(get|list|ls|debug|show)?$/.test(second(call)),
      },
      verb: 'change-config',
      category: 'config-change',
      why: 'It changes settings of the package manager, such as where packages come from.',
      target: 'none',
      recovery: 'Set the old value again.',
      examples: {
        match: ['npm config set registry http://x'],
        noMatch: ['npm config get registry'],
      },
    }),
    reader(
      'packages/list',
      [...NODE, ...PYTHON, ...words('gem bundle bundler composer luarocks opam')],
      { test: (call) => isList(call), none: ['--fix', '--output-file'] },
      {
        match: ['npm ls', 'pip list', 'npm view x', 'pip show x', 'npm config get registry'],
        noMatch: ['npm install', 'npm'],
      },
      'none',
    ),
    reader(
      'packages/list-system',
      [...SYSTEM, ...words('dpkg rpm apt-cache dpkg-query apt-mark')],
      {
        test: (call) =>
          /^(list|ls|search|show|info|policy|depends|rdepends|deps|leaves|outdated|home|desc|config|doctor|query|repolist|history|provides|madison|showpkg|pkgnames|dumpavail|stats|showmanual|showauto|showhold|--version|log|cat|formulae|casks|files|--prefix|--cellar|--repository)$/.test(
            verb(call),
          ) ||
          call.has(
            '-l',
            '-L',
            '-s',
            '-S=',
            '-W',
            '-Q',
            '-Qi',
            '-qa',
            '-q',
            '--list',
            '--listfiles',
            '--status',
            '--prefix',
            '--version',
            '--cellar',
          ),
        none: words(
          '-i --install -r --remove -P --purge -e --erase -U -F -R --unpack --configure --pre-invoke',
        ),
      },
      {
        match: ['apt list --installed', 'dpkg -l', 'rpm -qa', 'brew list'],
        noMatch: ['apt install x', 'dpkg -i x'],
      },
      'none',
    ),
    reader(
      'packages/versions-list',
      VERSIONS,
      {
        test: (call) =>
          /^(list|ls|ls-remote|show|current|which|where|version|versions|whence|doc|check|help|doctor|info|env|root|outdated|latest|--version|alias-list)$/.test(
            call.subcommand[0] ?? verb(call),
          ) ||
          /^(toolchain list|target list|component list|plugin list|override list)$/.test(
            path(call),
          ) ||
          call.has('--version'),
      },
      {
        match: ['rustup show', 'nvm ls', 'rustup toolchain list', 'asdf current'],
        noMatch: ['rustup update', 'nvm use 20'],
      },
      'none',
    ),
  ],
};

function nameOf(call: Call): string {
  return (call.valueOf('-p', '--package', '--from')?.value ?? verb(call)).replace(/(?<=.)@.*$/, '');
}

function isInstall(call: Call): boolean {
  const name = verb(call);
  // `yarn` alone installs; `bundle` too.
  if (name === '') return /^(yarn|bundle|bundler)$/.test(call.program) && call.options.length === 0;
  if (
    /^(install|i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|add|ci|clean-install|install-ci-test|install-test|it|cit|update|upgrade|up|udpate|sync|lock|download|require|inject|tool|python|venv|restore|create|deps\.get|build|wheel|self|env|activate|init|new)$/.test(
      name,
    )
  ) {
    if (/^(create|init)$/.test(name) && /^(npm|pnpm|yarn|bun)$/.test(call.program)) return false;
    return !/^(list|ls|tree|dir|find|info|show|remove|delete|uninstall)$/.test(second(call));
  }
  return name === 'pip' && /^(install|sync|compile|uninstall)$/.test(second(call));
}

function isList(call: Call): boolean {
  const name = verb(call);
  if (name === '') return call.has('--version', '-v', '-V', '--help') && call.options.length === 1;
  if (
    /^(ls|list|ll|la|view|info|show|v|outdated|why|explain|root|prefix|bin|search|find|freeze|check|tree|help|ping|whoami|debug|inspect|licenses|query|s|contents|env|which|sbom|find-dupes)$/.test(
      name,
    )
  ) {
    return name !== 'env' || /^(list|info|ls)$/.test(second(call));
  }
  if (name === 'config') return /^(get|list|ls|debug)?$/.test(second(call));
  if (/^(pip|cache|python|tool|dir|self)$/.test(name))
    return /^(list|ls|show|freeze|check|tree|dir|find|verify|version|info)$/.test(second(call));
  return false;
}
