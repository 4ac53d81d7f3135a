// Rules that prove that a package manager only lists.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { NODE, PYTHON, path, SYSTEM, second, VERSIONS, verb } from './packageRule.ts';

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

/** Rules that prove that a package manager only lists. */
export const packageReadRules: readonly Rule[] = [
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
];
