// Package managers: installing runs foreign code, publishing reaches everybody, listing only reads.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { packageChangeRules } from './packageChanges.ts';
import { packageReadRules } from './packageReads.ts';
import { SYSTEM, VERSIONS } from './packageRule.ts';
import { packageSettingRules } from './packageSettings.ts';
import { packageShareRules } from './packageShares.ts';

export const packagesFamily: Family = {
  name: 'packages',
  about: 'Package managers and version managers: installing, removing, publishing, listing.',
  syntax: [
    {
      programs: ['npm', 'yarn', 'bun'],
      hasVerb: true,
      abbreviates: false,
      flags: words('-g -ws --workspaces --if-present --inspect --bun --watch'),
      valueOptions: words(
        '--prefix -w --workspace --registry --tag --otp --filter -F -C --cwd --loglevel --userconfig --globalconfig --cache --script-shell',
      ),
    },
    {
      programs: ['pnpm'],
      hasVerb: true,
      abbreviates: false,
      flags: words('-r -w -g --workspace-root --stream --parallel --aggregate-output --if-present'),
      valueOptions: words(
        '--prefix --registry --tag --otp --filter -F -C --dir --store-dir --loglevel --reporter --workspace-concurrency',
      ),
    },
    {
      programs: [
        ...words(
          'uv poetry pipenv pdm rye conda mamba micromamba hatch gem bundle bundler composer luarocks opam',
        ),
        ...VERSIONS.filter((name) => name !== 'mise' && name !== 'rtx'),
      ],
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '-C --directory --project -P -d --working-dir --cache-dir --config-file --config --gemfile -n --name -p --prefix --python --env -e --color',
      ),
    },
    {
      programs: ['npx', 'bunx', 'uvx', 'pipx'],
      stopsAtOperand: true,
      valueOptions: words('-p --package -c --call --from --with --python'),
    },
    {
      programs: words('pip pip3'),
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '--log --proxy --retries --timeout --exists-action --cert --client-cert --cache-dir --keyring-provider --use-feature -f --find-links -r -c -e -i -t --target --index-url --extra-index-url --python --prefix --requirement',
      ),
    },
    {
      // With these the letters of the options are the deed.
      programs: SYSTEM.filter(
        (name) => !/^(pacman|yay|paru|nix-env|xbps-install|opkg)$/.test(name),
      ),
      hasVerb: true,
      flags: ['-qq', '-f', '--fix-broken', '--cask', '--formula', '-u'],
      valueOptions: words(
        '-o -c -t --option --config-file --target-release --releasever --installroot --root --setopt --enablerepo --disablerepo --repo',
      ),
    },
  ],
  rules: [...packageShareRules, ...packageReadRules, ...packageChangeRules, ...packageSettingRules],
};
