// Rules on rarer tools of a machine that delete, stop or let in, and on commands that go to many machines at once.
// Invariant: what the tables do not name stays unknown; only the listed words raise a call.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { said, system } from './systemRule.ts';
import { fitsTable, type WordTable } from './wordTable.ts';

/** What is lost or stopped, by the words of the call. */
const LOSES: WordTable = {
  ipcrm: /(^|\s)(-a|--all)/,
  's6-svc': /(^|\s)-\w*[dkxo]/,
  's6-rc': /\b(stop|-d change)\b/,
  machinectl: /\b(terminate|poweroff|reboot|kill|remove|clean)\b/,
  guix: /^\s*gc\b|--delete-generations|\bremove\b/,
  'home-manager': /\b(expire-generations|remove-generations|uninstall)\b/,
  nix: /\b(store (gc|delete)|profile (wipe-history|remove|rollback))\b/,
  'nix-store': /--(gc|delete|repair)\b/,
  stow: /(^|\s)(-D|--delete)\b/,
  kioclient: /^\s*(del|move|remove)\b/,
  kioclient5: /^\s*(del|move|remove)\b/,
  distrobox: /^\s*rm\b/,
  toolbox: /^\s*(rm|rmi)\b/,
  bupstash: /^\s*(rm|remove|gc)\b/,
  rustic: /^\s*(-\S+ )*(forget|prune|repair|tag)\b/,
  reg: /^\s*(rm|delete)\b/,
  puppetserver: /\bca (clean|revoke|purge)\b/,
  newgrp: /^\s*(docker|sudo|wheel|root|adm|disk|lxd|libvirt)\b/,
  tmate: /./,
  ttyd: /./,
  gotty: /./,
  xterm: /(^|\s)-display\s+\S*[^:\s]+:/,
  snmpset: /./,
  'ansible-galaxy':
    /\b(collection|role) (install|remove|delete)\b.*(-f|--force|http|git\+)|\bremove\b/,
};

/** Programs that run a command on many machines, or on one of Windows. */
const FLEETS = words(
  'pdsh pssh parallel-ssh prsync pscp.pssh pnuke clush dsh mussh cssh winrs psexec psexec.exe et tsh fab',
);

const ACTS_THERE =
  /(^|[\s'";&|])(rm|del|rd|rmdir|mv|dd|mkfs\S*|reboot|shutdown|poweroff|halt|kill\S*|pkill|stop|restart|disable|drop|truncate|purge|uninstall|remove|delete|destroy|wipe|iptables|userdel|deploy)([\s'";&|]|$)/i;

const actsThere = (call: Call) => call.program === 'pnuke' || ACTS_THERE.test(said(call));

/** Rules on rarer tools of a machine, and on many machines at once. */
export const machineLossRules: readonly Rule[] = [
  system({
    id: 'system/tools-loss',
    programs: Object.keys(LOSES),
    when: { test: fitsTable(LOSES) },
    category: 'data-mutation',
    reversible: 'no',
    why: 'It deletes, stops or opens something of this machine that others may rely on.',
    recovery: 'Only a backup helps for what is deleted.',
    alternative: 'List first what it would hit.',
    examples: {
      match: [
        'ipcrm -a',
        'machinectl terminate web',
        'nix store gc',
        'guix gc --delete-generations',
      ],
      noMatch: ['ipcs', 'machinectl list', 'nix flake show', 'reg query HKCU/x'],
    },
  }),
  system({
    id: 'system/fleet-command',
    programs: FLEETS,
    when: { test: actsThere },
    category: 'data-mutation',
    severity: 'severe',
    reversible: 'no',
    reach: 'shared',
    why: 'It deletes, stops or changes something on other machines, on many at once.',
    recovery: 'Depends on what ran there.',
    alternative: 'Run it on one machine first.',
    examples: {
      match: ["clush -a 'rm -rf /data'", 'pdsh -w web[1-9] reboot'],
      noMatch: ["clush -a 'uptime'", 'pdsh -w web1 df -h'],
    },
  }),
];
