// What the rules on packages share.
import { pretends } from '../pretending.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';

export type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

/** Foreign code comes in and may run at once. */
export function foreign(spec: Spec): Rule {
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

export const verb = (call: Call) => call.operands[0]?.value ?? '';

export const second = (call: Call) => call.operands[1]?.value ?? '';

export const path = (call: Call) => `${verb(call)} ${second(call)}`;

export const isVerb =
  (...verbs: string[]) =>
  (call: Call) =>
    verbs.includes(verb(call));

export const NODE = words('npm pnpm yarn bun');

export const SYSTEM = words(
  'apt apt-get aptitude dnf yum microdnf zypper pacman yay paru apk brew port snap flatpak emerge xbps-install nix-env nix-collect-garbage opkg pkg choco winget scoop',
);

export const PYTHON = words('pip pip3 uv poetry pipenv pdm rye conda mamba micromamba pipx hatch');

export const OTHERS = words(
  'gem bundle bundler composer cargo go luarocks cpan cpanm opam stack cabal mix dart flutter pub',
);

export const VERSIONS = words(
  'rustup mise rtx asdf nvm volta fnm pyenv rbenv sdk jabba n tfenv goenv',
);

/** Options with which the managers of the machine only say what they would do. */
const SIMULATES = words(
  '-s --simulate --just-print --dry-run --recon --no-act --assumeno --test --print',
);

/** True where a call only says what it would do. */
export function onlyPretends(call: Call): boolean {
  if (/^(apt|apt-get|aptitude|apk)$/.test(call.program)) return pretends(call, ...SIMULATES);
  if (
    /^(dnf|yum|microdnf|zypper|brew|dpkg|rpm|pip|pip3|npm|pnpm|yarn|bun|cargo|gem)$/.test(
      call.program,
    )
  )
    return pretends(call, ...SIMULATES.slice(1));
  return /^(pacman|yay|paru)$/.test(call.program) && pretends(call, '-p', '--print');
}

/** True where the letters of pacman, rpm or dpkg ask and change nothing: `-Ss`, `-qi`, `-S FILE`. */
export function onlyAsks(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  switch (call.program) {
    case 'pacman':
    case 'yay':
    case 'paru':
      return (
        call.has('-Q', '-F', '-T', '--query', '--files') ||
        (call.has('-S', '--sync') &&
          call.has('-s', '-i', '-l', '-g', '--search', '--info') &&
          !call.has('-y', '-u'))
      );
    case 'rpm':
      return (
        call.has('-q', '--query', '-V', '--verify') &&
        !call.has(...words('--eval -E --define -D --pipe --macros --load --rcfile'))
      );
    case 'dpkg':
      return (
        call.has(
          ...words('-l -L -s -S -p -W -C --list --listfiles --status --search --audit --verify'),
        ) && !call.has(...words('-i -r -P --install --remove --purge --unpack --configure'))
      );
    default:
      return false;
  }
}
