// Rules on installing, removing and setting up packages and versions.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import {
  foreign,
  NODE,
  OTHERS,
  onlyAsks,
  onlyPretends,
  PYTHON,
  path,
  SYSTEM,
  second,
  VERSIONS,
  verb,
} from './packageRule.ts';

/** `brew services stop x` stops a service; it installs nothing. */
const isServiceStop = (call: Call) =>
  call.program === 'brew' &&
  verb(call) === 'services' &&
  /^(stop|kill|list|info|ls)$/.test(second(call));

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

/** Rules on installing, removing and setting up packages and versions. */
export const packageChangeRules: readonly Rule[] = [
  foreign({
    id: 'packages/install',
    programs: [
      ...NODE,
      ...PYTHON,
      ...words('gem bundle bundler composer luarocks cpan cpanm opam dart flutter pub mix'),
    ],
    when: {
      test: (call) =>
        (isInstall(call) || /^(cpan|cpanm)$/.test(call.program)) && !onlyPretends(call),
    },
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
        !onlyPretends(call) &&
        !isServiceStop(call) &&
        (/^(install|reinstall|upgrade|update|full-upgrade|dist-upgrade|dup|add|in|tap|link|unlink|refresh|build-dep|groupinstall|localinstall|downgrade|cask|bundle|services|pin|hold|mark)$/.test(
          verb(call),
        ) ||
          ((call.has('-S', '-U', '-i', '-iA') || call.program === 'xbps-install') &&
            !onlyAsks(call))),
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
        !onlyPretends(call) &&
        !onlyAsks(call) &&
        (call.program === 'nix-collect-garbage' ||
          /^(remove|purge|autoremove|autopurge|uninstall|erase|del|rm|zap|untap|unmerge)$/.test(
            verb(call),
          ) ||
          call.has('-R', '-e', '--remove', '--purge', '-r', '-P', '--erase', '-Rns', '-C')),
    },
    verb: 'delete',
    severity: 'serious',
    why: 'It removes software of the whole machine, with what depends on it.',
    recovery: 'Install it again; purged settings are gone.',
    alternative: 'Look first with a dry run (`-s`, `--simulate`).',
    examples: {
      match: [
        'apt-get purge -y nginx',
        'dpkg --purge x',
        'brew uninstall jq',
        'nix-collect-garbage -d',
      ],
      noMatch: ['apt-get install x', 'dpkg -l', 'apt-get -s remove nginx', 'rpm -qi bash'],
    },
  }),
  foreign({
    id: 'packages/install-file',
    programs: ['dpkg', 'rpm', 'installer', 'softwareupdate'],
    when: {
      any: ['-i', '--install', '-U', '--upgrade', '-F', '--unpack', '--configure', '-pkg'],
      test: (call) => !onlyAsks(call) && !onlyPretends(call),
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
    id: 'packages/manage',
    programs: NODE,
    when: {
      test: (call) =>
        /^(link|ln|version|pkg|rebuild|rb|dedupe|ddp|shrinkwrap|pack|patch|patch-commit|fund|set-script|cache|audit|import|store|deploy|approve-builds|self-update|set|up|unlink|workspaces|policies|plugin|stage|edit|explore|star|unstar|profile|doctor|repo|docs|bugs)$/.test(
          verb(call),
        ) &&
        !call.has('--dry-run') &&
        !(verb(call) === 'audit' && second(call) !== 'fix' && !call.has('--fix')) &&
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
      test: (call) => verb(call) === 'config' && !/^(get|list|ls|debug|show)?$/.test(second(call)),
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
];
