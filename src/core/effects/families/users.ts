// Rules on users, groups and shells with another user's rights.
import { READING, reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { permission } from './permissionRule.ts';

/** What asks sudo about itself: which rights there are, forget the password. */
const isSudoRead = (call: Call) =>
  call.operands.length === 0 &&
  call.options.length > 0 &&
  call.options.every(({ name }) =>
    /^(-l|-ll|-v|-k|-K|-V|-h|-n|--list|--validate|--reset-timestamp|--remove-timestamp|--version|--help|--non-interactive)$/.test(
      name,
    ),
  ) &&
  !call.options.every(({ name }) => /^(-n|--non-interactive)$/.test(name));

/** True where one of the options is there, and no other. */
const hasOnly = (call: Call, ...names: string[]) =>
  call.options.length > 0 && call.options.every(({ name }) => names.includes(name));

/** What only tells about users and their passwords' age. */
function readsUsers(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  switch (call.program) {
    case 'passwd':
      return hasOnly(call, '-S', '--status', '-a', '--all');
    case 'chage':
      return hasOnly(call, '-l', '--list', '-i', '--iso8601');
    case 'visudo':
      return call.has('-c', '--check', '-V', '--version');
    case 'groupmems':
      return call.has('-l', '--list');
    default:
      return (
        /^(lastlog|lastb|faillog)$/.test(call.program) &&
        !call.has('-C', '-S', '-r', '--clear', '--set', '-m', '-l')
      );
  }
}

/** Rules on users and their rights. */
export const userRules: readonly Rule[] = [
  permission({
    id: 'users/change',
    programs: words(
      'useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup delgroup passwd chpasswd gpasswd chsh chage visudo vipw newusers pwconv grpconv pam-auth-update faillock setcap capsh loginctl-x sudoedit',
    ),
    when: {
      none: ['-S', '--status', '--list', '--print', '--help', '--version'],
      test: (call) => !readsUsers(call),
    },
    verb: 'escalate',
    category: 'data-mutation',
    severity: 'serious',
    reach: 'machine',
    target: (call) => [
      { kind: 'setting', name: call.operands.map((word) => word.value ?? word.text).join(' ') },
    ],
    why: 'It changes users, passwords or rights of the machine.',
    recovery: 'Change it back; a deleted home comes from a backup.',
    examples: {
      match: [
        'userdel -r dev',
        'passwd root',
        'passwd -l bob',
        'usermod -aG sudo dev',
        'setcap cap_net_raw+ep x',
      ],
      noMatch: ['passwd -S dev', 'id dev', 'visudo -c', 'chage -l dev'],
    },
  }),
  reader(
    'users/read',
    words('passwd chage visudo lastlog lastb faillog groupmems'),
    { test: readsUsers },
    {
      match: ['passwd -S dev', 'visudo -c', 'chage -l dev', 'lastlog'],
      noMatch: ['passwd dev', 'visudo', 'chage -E 0 dev', 'lastlog -C -u dev'],
    },
    'none',
  ),
  permission({
    id: 'users/root-shell',
    programs: words('sudo doas su pkexec runuser'),
    when: {
      test: (call) =>
        !call.invocation.isTransparentWrapper && !isSudoRead(call) && !call.has('-e', '--edit'),
    },
    verb: 'escalate',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    why: "It opens a shell with another user's rights, whose commands the gate does not see.",
    recovery: 'Depends on what is typed.',
    alternative: 'Name the one command that needs the rights.',
    examples: { match: ['sudo -i', 'su -', 'sudo su -'], noMatch: ['sudo ls', 'sudo -l'] },
  }),
  permission({
    id: 'users/root-shell-by-name',
    programs: words('bash sh zsh dash ksh fish python python3 node perl ruby irb'),
    when: {
      operands: { max: 0 },
      none: ['-c', '-e', '--version', '--help', '-V'],
      test: ({ invocation }) => invocation.isElevated && invocation.input.kind === 'inherit',
    },
    verb: 'escalate',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    why: "It opens a shell with another user's rights, whose commands the gate does not see.",
    recovery: 'Depends on what is typed.',
    alternative: 'Name the one command that needs the rights.',
    examples: {
      match: ['sudo bash', 'doas sh', 'pkexec bash', 'chroot /mnt bash'],
      noMatch: ['bash', "sudo bash -c 'ls'", 'sudo python3 --version'],
    },
  }),
  permission({
    id: 'users/sudo-read',
    programs: ['sudo', 'doas'],
    when: { test: isSudoRead },
    ...READING,
    why: 'It only asks about the rights.',
    examples: { match: ['sudo -l', 'sudo -k'], noMatch: ['sudo ls', 'sudo -i'] },
  }),
];
