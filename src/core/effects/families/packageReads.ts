// Rules that prove that a package manager only lists.
import { pretends } from '../pretending.ts';
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import {
  foreign,
  NODE,
  onlyAsks,
  onlyPretends,
  PYTHON,
  path,
  SYSTEM,
  second,
  VERSIONS,
  verb,
} from './packageRule.ts';

/** `npm audit`, `npm pack --dry-run`, `pip index versions x`. */
function onlyLooks(call: Call): boolean {
  if (/^(npm|pnpm|yarn|bun)$/.test(call.program)) {
    if (verb(call) === 'audit')
      return !/^(fix|signatures)$/.test(second(call)) && !call.has('--fix');
    if (verb(call) === 'run' && call.operands.length === 1) return true;
    if (verb(call) === 'pkg') return second(call) === 'get';
    if (verb(call) === 'dist-tag') return /^(ls|list)$/.test(second(call));
    return false;
  }
  return /^pip3?$/.test(call.program) && verb(call) === 'index';
}

function isList(call: Call): boolean {
  const name = verb(call);
  if (name === '') return call.has('--version', '-v', '-V', '--help') && call.options.length === 1;
  if (
    /^(ls|list|ll|la|view|info|show|v|outdated|why|explain|root|prefix|bin|search|find|freeze|check|tree|help|ping|whoami|debug|inspect|licenses|query|s|contents|validate|diagnose|environment|sources|env|which|sbom|find-dupes)$/.test(
      name,
    )
  ) {
    return name !== 'env' || call.program === 'gem' || /^(list|info|ls)$/.test(second(call));
  }
  if (name === 'config') return /^(get|list|ls|debug)?$/.test(second(call));
  if (/^(pip|cache|python|tool|dir|self)$/.test(name))
    return /^(list|ls|show|freeze|check|tree|dir|find|verify|version|info)$/.test(second(call));
  return false;
}

const CHANGES =
  /^(undo|redo|rollback|set|unset|add|remove|delete|install|hold|unhold|auto|manual|stop|start|restart|run|kill)$/;
const CHANGING = words(
  '-i --install -r --remove -P --purge -e --erase -U -F -R --unpack --configure --fix --set',
);

/** Rules that prove that a package manager only lists. */
export const packageReadRules: readonly Rule[] = [
  reader(
    'packages/list',
    [...NODE, ...PYTHON, ...words('gem composer luarocks opam')],
    {
      test: (call) => call.program !== 'yarn' && (isList(call) || onlyLooks(call)),
      none: words(
        '--fix --output-file --registry --index-url --extra-index-url -i --python -p --config-file --gemfile --cafile --log',
      ),
    },
    {
      match: ['npm ls', 'pip list', 'npm view x', 'pip show x', 'npm config get registry'],
      noMatch: ['npm install', 'npm'],
    },
    'none',
  ),
  foreign({
    id: 'packages/list-by-code',
    programs: ['yarn', 'bundle', 'bundler', 'npm', 'pnpm'],
    when: {
      test: (call) =>
        /^(npm|pnpm)$/.test(call.program)
          ? /^(pack|publish)$/.test(verb(call)) && pretends(call, '--dry-run')
          : isList(call) || onlyLooks(call),
    },
    severity: 'minor',
    reach: 'workspace',
    target: 'none',
    why: "It only lists, but code of the workspace runs for it: a Gemfile, a script before packing, yarn's own release.",
    recovery: 'Version control has the sources.',
    examples: {
      match: ['bundle list', 'yarn why react', 'npm pack --dry-run'],
      noMatch: ['bundle install', 'npm ls'],
    },
  }),
  reader(
    'packages/list-system',
    [...SYSTEM, ...words('dpkg rpm apt-cache dpkg-query apt-mark')],
    {
      test: (call) =>
        onlyPretends(call) ||
        onlyAsks(call) ||
        (call.program === 'brew' && /^services (list|info|ls)$/.test(path(call))) ||
        (/^(list|ls|search|show|info|policy|depends|rdepends|deps|leaves|outdated|home|desc|config|doctor|query|repolist|history|provides|madison|showpkg|pkgnames|dumpavail|stats|showmanual|showauto|showhold|--version|log|cat|formulae|casks|files|--prefix|--cellar|--repository)$/.test(
          verb(call),
        ) &&
          !CHANGES.test(second(call)) &&
          !call.has(...CHANGING)) ||
        (call.has('--prefix', '--version', '--cellar', '--repository') && !call.has(...CHANGING)) ||
        (/^(dpkg-query|apt-cache|apt-mark)$/.test(call.program) &&
          call.options.length > 0 &&
          call.operands.every((word) => !CHANGES.test(word.value ?? 'install'))),
      none: words(
        '--pre-invoke -o -c --config --root --setopt --installroot --initdb --rebuilddb --import --pipe --define',
      ),
    },
    {
      match: [
        'apt list --installed',
        'dpkg -l',
        'dpkg -S /bin/ls',
        'rpm -qa',
        'rpm -qi bash',
        'pacman -Ss vim',
        'apt-get -s remove nginx',
        'brew list',
      ],
      noMatch: ['apt install x', 'dpkg -i x', 'snap services stop x', 'dnf history undo 3'],
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
];
