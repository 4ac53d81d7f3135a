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

/** `go mod graph`: it may download modules to look at them, and runs none of their code. */
export const looksAtModules = (call: Call) =>
  call.program === 'go' &&
  call.subcommand[0] === 'mod' &&
  /^(graph|why|verify|download)$/.test(call.operands[0]?.value ?? '');

function isInstall(call: Call): boolean {
  const name = verb(call);
  // `yarn` alone installs; `bundle` too.
  if (name === '') return /^(yarn|bundle|bundler)$/.test(call.program) && call.options.length === 0;
  if (
    /^(install|i|in|ins|inst|insta|instal|isnt|isnta|isntal|isntall|add|ci|clean-install|install-ci-test|install-test|it|cit|update|upgrade|up|udpate|sync|lock|download|require|inject|tool|python|venv|restore|create|deps\.get|build|wheel|self|env|activate|init|new)$/.test(
      name,
    )
  ) {
    if (
      /^(create|init|build|wheel|sync|lock|tool|python|venv|env|self|activate|new|restore)$/.test(
        name,
      ) &&
      NODE.includes(call.program)
    )
      return false;
    return !/^(list|ls|tree|dir|find|info|show|remove|delete|uninstall)$/.test(second(call));
  }
  return name === 'pip' && /^(install|sync|compile|uninstall)$/.test(second(call));
}

/** Options that switch off the check of signatures, certificates or dependencies. */
const UNCHECKED = words(
  '--trusted-host --allow-unauthenticated --force-yes --nogpgcheck --no-gpg-checks --no-gpg-check --allow-untrusted --force-all --allow-downgrades-x --nosignature --nodeps --no-verify-ssl',
);

/** An operand or an index with `http://`: whoever sits in between can change the code. */
const namesPlainAddress = (call: Call) =>
  [...call.operands, ...call.options.map(({ value }) => value)].some((word) =>
    /^(git\+)?http:\/\/(?!localhost|127\.|\[::1\])/.test(word?.value ?? ''),
  );

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
        (isInstall(call) || /^(cpan|cpanm)$/.test(call.program)) &&
        !onlyPretends(call) &&
        !(call.program === 'gem' && /^(env|environment)$/.test(verb(call))),
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
        !looksAtModules(call) &&
        (call.subcommand[0] !== 'run' || call.operands.some((word) => /@/.test(word.value ?? ''))),
    },
    why: 'It brings foreign code into the workspace or the machine.',
    target: 'none',
    examples: {
      match: ['cargo install ripgrep', 'go get example.org/x', 'go mod tidy'],
      noMatch: ['cargo test', 'go build', 'go mod graph'],
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
          call.has(
            '-R',
            '-e',
            '--remove',
            '--purge',
            '-r',
            '-P',
            '--erase',
            '-Rns',
            '-C',
            '--unmerge',
            '--depclean',
          )),
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
    recovery: 'Remove the package again; what its scripts did may stay.',
    alternative: 'List what is in it first: `dpkg -c`, `rpm -qlp`.',
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
    id: 'packages/unchecked',
    programs: [...PYTHON, ...SYSTEM, 'dpkg', 'rpm', 'npm', 'gem'],
    when: {
      test: (call) =>
        !onlyPretends(call) &&
        !onlyAsks(call) &&
        (call.has(...UNCHECKED) || namesPlainAddress(call)) &&
        /^(|install|i|add|in|update|upgrade|reinstall|localinstall)$/.test(
          /^(dpkg|rpm)$/.test(call.program) ? '' : verb(call) === 'pip' ? second(call) : verb(call),
        ),
    },
    severity: 'serious',
    why: 'It installs packages without the check of who made them, or from an address without encryption.',
    alternative: 'Leave the option away, and add the key of the source.',
    examples: {
      match: [
        'pip install --trusted-host x.example y',
        'apt-get install --allow-unauthenticated x',
        'npm install http://x.example/y.tgz',
        'rpm -i --nodeps --force x.rpm',
      ],
      noMatch: ['pip install x', 'npm install', 'npm install https://x.example/y.tgz'],
    },
  }),
];
