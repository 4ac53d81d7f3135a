// Permissions, owners, users and rights.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, PathPlace, Rule, Target } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

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

const CHANGERS = words(
  'chmod chown chgrp setfacl chattr xattr chcon lchown icacls takeown chflags gchmod gchown',
);

/** The files behind the mode or owner. */
function files(call: Call, context: EffectContext): readonly Target[] {
  const skip =
    call.has('--reference', '-b', '-k', '--remove-all', '-c', '-d') ||
    /^(setfacl|xattr)$/.test(call.program)
      ? 0
      : 1;
  // Without a mode the call fails, unless the mode hides in a word that is not seen: the path counts either way.
  const isBare = skip === 1 && call.operands.length === 1;
  return call.operands.slice(isBare ? 0 : skip).map((word) => pathTarget(word, call, context));
}

const WHOLE: readonly PathPlace[] = ['root', 'system', 'home', 'device'];

const hitsWhole = (call: Call, context: EffectContext) =>
  files(call, context).some(
    ({ place, path }) =>
      (place !== undefined && WHOLE.includes(place)) ||
      /^\/(dev|etc|usr|bin|sbin|boot)\//.test(path ?? ''),
  );
const isRecursive = (call: Call) => call.has('-R', '--recursive', '-r');
const mode = (call: Call) => call.operands[0]?.value ?? '';
const opensToAll = (call: Call) =>
  /^0?[0-7]?[0-7][0-7][2367]$/.test(mode(call)) ||
  /(^|,)([oa]|[ugo]*[oa][ugo]*)?[+=][rxXst]*w/.test(mode(call));
const setsUserId = (call: Call) =>
  /^0?[4-7][0-7]{3}$/.test(mode(call)) || /(^|,)[ugoa]*[+=][rwxXt]*s/.test(mode(call));

function permission(spec: Spec): Rule {
  return {
    verb: 'modify',
    category: 'config-change',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    recovery: 'Set the old mode or owner again.',
    ...spec,
  };
}

export const permissionsFamily: Family = {
  name: 'permissions',
  about: 'Modes, owners, access lists, users and their rights.',
  syntax: [
    {
      programs: CHANGERS,
      flags: [
        '--recursive',
        '--changes',
        '--silent',
        '--quiet',
        '--verbose',
        '--preserve-root',
        '--no-preserve-root',
        '--dereference',
        '--no-dereference',
      ],
      valueOptions: [
        '--reference',
        '--from',
        '-m',
        '-M',
        '-x',
        '-X',
        '--modify',
        '--remove',
        '--set',
      ],
    },
    {
      programs: words(
        'useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup delgroup passwd chpasswd gpasswd chsh chage',
      ),
      valueOptions: words('-g -G -s -d -u -c -p -e -a -R -M'),
    },
  ],
  rules: [
    permission({
      id: 'permissions/whole',
      programs: CHANGERS,
      when: { test: (call, context) => hitsWhole(call, context) && isRecursive(call) },
      category: 'data-mutation',
      severity: 'extreme',
      reversible: 'no',
      reach: 'machine',
      why: 'It changes the permissions or owners of the system or a whole home; the machine can become unusable.',
      recovery: 'Only a fresh installation or a backup brings all modes back.',
      examples: {
        match: ['chmod -R 777 /', 'chown -R dev /etc', 'chmod -R 000 ~'],
        noMatch: ['chmod -R 755 src', 'chmod 644 /etc/hosts', 'chmod -R 755'],
      },
    }),
    permission({
      id: 'permissions/recursive-open',
      programs: CHANGERS,
      when: {
        test: (call, context) =>
          !hitsWhole(call, context) &&
          isRecursive(call) &&
          (opensToAll(call) ||
            /^0*0?$/.test(mode(call)) ||
            /^(chown|chgrp|setfacl|chattr)$/.test(call.program) ||
            files(call, context).some(
              (target) =>
                target.place === 'unknown' ||
                target.place === 'outside' ||
                target.place === 'workspace-root',
            )),
      },
      severity: 'serious',
      target: files,
      why: 'It changes the permissions or owners of everything below {target}.',
      alternative: 'Name the files that need it.',
      examples: {
        match: ['chmod -R 777 src', 'chown -R root src', 'chmod -R 700 /srv/../data'],
        noMatch: ['chmod -R 755 src', 'chmod +x a.sh'],
      },
    }),
    permission({
      id: 'permissions/open-to-all',
      programs: ['chmod', 'gchmod', 'setfacl'],
      when: {
        test: (call, context) =>
          !isRecursive(call) && (opensToAll(call) || setsUserId(call) || hitsWhole(call, context)),
      },
      category: 'data-mutation',
      severity: 'serious',
      reach: 'machine',
      why: 'It lets everybody write a file, runs it with its owner’s rights, or changes a part of the system.',
      alternative: 'Give the rights to one user or group.',
      examples: {
        match: ['chmod 777 a', 'chmod u+s tool', 'chmod o+w a', 'chmod 666 /dev/sda'],
        noMatch: ['chmod +x a.sh', 'chmod 644 a'],
      },
    }),
    permission({
      id: 'permissions/owner-system',
      programs: words('chown chgrp chattr chflags icacls takeown'),
      when: { test: (call, context) => !isRecursive(call) && hitsWhole(call, context) },
      category: 'data-mutation',
      severity: 'serious',
      reach: 'machine',
      why: 'It changes the owner or the attributes of a part of the system.',
      examples: {
        match: ['chown dev /etc/passwd', 'chattr +i /etc/hosts'],
        noMatch: ['chown dev a'],
      },
    }),
    permission({
      id: 'permissions/change',
      programs: CHANGERS,
      when: {
        operands: { min: 1 },
        test: (call) => !(call.program === 'xattr' && call.options.length === 0),
      },
      verb: 'change-config',
      target: files,
      why: 'It changes permissions, owner or attributes of {target}.',
      examples: { match: ['chmod +x a.sh', 'chown dev a', 'chmod 644 a'], noMatch: ['ls -l a'] },
    }),
    permission({
      id: 'users/change',
      programs: words(
        'useradd userdel usermod groupadd groupdel groupmod adduser deluser addgroup delgroup passwd chpasswd gpasswd chsh chage visudo vipw newusers pwconv grpconv pam-auth-update faillock setcap capsh loginctl-x sudoedit',
      ),
      when: {
        none: ['-S', '--status', '--list', '--print', '--help', '--version'],
        test: (call) => call.program !== 'chage' || !call.has('-l'),
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
        noMatch: ['passwd -S dev', 'id dev'],
      },
    }),
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
      id: 'users/sudo-read',
      programs: ['sudo', 'doas'],
      when: { test: isSudoRead },
      verb: 'read',
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      why: 'It only asks about the rights.',
      recovery: 'Nothing to undo.',
      examples: { match: ['sudo -l', 'sudo -k'], noMatch: ['sudo ls', 'sudo -i'] },
    }),
  ],
};
