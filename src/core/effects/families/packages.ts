// Package managers: installing runs foreign code, publishing reaches everybody, listing only reads.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { packageChangeRules } from './packageChanges.ts';
import { packageReadRules } from './packageReads.ts';
import { NODE } from './packageRule.ts';
import { packageSettingRules } from './packageSettings.ts';
import { packageShareRules } from './packageShares.ts';

export const packagesFamily: Family = {
  name: 'packages',
  about: 'Package managers and version managers: installing, removing, publishing, listing.',
  syntax: [
    {
      programs: NODE,
      abbreviates: false,
      valueOptions: words(
        '--prefix -w --workspace --registry --tag --otp --filter -F -C --cwd --dir',
      ),
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
  rules: [...packageShareRules, ...packageReadRules, ...packageChangeRules, ...packageSettingRules],
};
