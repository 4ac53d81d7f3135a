// Permissions, owners, users and rights.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext, Family, PathPlace, Target } from '../types.ts';
import { words } from '../words.ts';
import { permission } from './permissionRule.ts';
import { userRules } from './users.ts';

const CHMOD = words('chmod gchmod');
const OTHERS = words('chown chgrp setfacl xattr chcon lchown icacls takeown chflags gchown');
const CHANGERS = [...CHMOD, 'chattr', ...OTHERS];
const MODE_FLAGS = words(
  '--recursive --changes --silent --quiet --verbose --preserve-root --no-preserve-root --dereference --no-dereference',
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

/** `chmod 600`, `chmod go-rwx`: others lose their rights, the owner keeps reading and writing. */
const closesToOthers = (call: Call) =>
  CHMOD.includes(call.program) && /^(0?[67]00|(go|og|g|o)(-[rwxX]+|=))$/.test(mode(call));

/** Closing keys and the settings of ssh to others takes nothing away from them; a hook would not start any more. */
const changed = (call: Call, context: EffectContext): readonly Target[] =>
  files(call, context).map((target) =>
    closesToOthers(call) && (target.place === 'secret' || /\/\.ssh\//.test(target.path ?? ''))
      ? { ...target, place: 'outside' as const }
      : target,
  );

const WHOLE: readonly PathPlace[] = ['root', 'system', 'home', 'device'];

const hitsWhole = (call: Call, context: EffectContext) =>
  files(call, context).some(
    ({ place, path }) =>
      (place !== undefined && WHOLE.includes(place)) ||
      /^\/(dev|etc|usr|bin|sbin|boot)\//.test(path ?? ''),
  );
const isRecursive = (call: Call) => call.has('-R', '--recursive', '-r');
const mode = (call: Call) => call.operands[0]?.value ?? '';
const isOpen = (given: string) =>
  /^0?[0-7]?[0-7][0-7][2367]$/.test(given) ||
  /(^|,)([oa]|[ugo]*[oa][ugo]*)?[+=][rxXst]*w/.test(given);
const isSetUserId = (given: string) =>
  /^0?[4-7][0-7]{3}$/.test(given) || /(^|,)[ugoa]*[+=][rwxXt]*s/.test(given);
const opensToAll = (call: Call) => isOpen(mode(call));
const setsUserId = (call: Call) => isSetUserId(mode(call));
/** A way to a disk past the rights on its files. */
const isDeviceNode = (call: Call) =>
  call.program === 'mknod' && /^[bcu]$/.test(call.operands[1]?.value ?? '');

export const permissionsFamily: Family = {
  name: 'permissions',
  about: 'Modes, owners, access lists, users and their rights.',
  syntax: [
    // `chmod -x a` and `chattr -i a` take something away: the word with the dash is the mode.
    {
      programs: CHMOD,
      flags: MODE_FLAGS,
      valueOptions: ['--reference'],
      dashedOperand: /^-[rwxXstugo]+(,[ugoa]*[-+=][rwxXstugo]*)*$/,
    },
    {
      programs: ['chattr'],
      valueOptions: ['-v', '-p'],
      dashedOperand: /^-[aAcCdDeFijmsSTtux]+$/,
    },
    {
      programs: OTHERS,
      flags: MODE_FLAGS,
      valueOptions: words('--reference --from -m -M -x -X --modify --remove --set'),
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
      id: 'permissions/install-open',
      programs: ['install', 'mkdir', 'mknod'],
      when: {
        test: (call) => {
          const given = call.valueOf('-m', '--mode')?.value ?? '';
          return isOpen(given) || isSetUserId(given) || isDeviceNode(call);
        },
      },
      category: 'data-mutation',
      severity: 'serious',
      reach: 'machine',
      target: 'last',
      why: "It makes {target} so that everybody may write it, or that it runs with its owner's rights.",
      recovery: 'Delete it.',
      alternative: 'Give it the mode 755 or less.',
      examples: {
        match: ['install -m 4755 sh /tmp/sh', 'mknod /tmp/disk b 8 0'],
        noMatch: ['install -m 755 a /tmp/a', 'mkdir -m 700 a', 'mknod pipe p'],
      },
    }),
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
      alternative: 'Name the one folder that needs it.',
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
      target: changed,
      why: 'It changes permissions, owner or attributes of {target}.',
      examples: { match: ['chmod +x a.sh', 'chown dev a', 'chmod 644 a'], noMatch: ['ls -l a'] },
    }),
    permission({
      id: 'permissions/security-policy',
      programs: words('semanage authconfig authselect setfacl aa-complain'),
      when: {
        test: (call) =>
          call.program === 'setfacl'
            ? call.has('--restore')
            : !/(^|\s)(list|show|current|check|-l)(\s|$)/.test(
                call.invocation.argv.map(({ value }) => value ?? '').join(' '),
              ),
      },
      category: 'data-mutation',
      severity: 'serious',
      reach: 'machine',
      why: 'It changes how the machine protects itself, or many rights at once, as a file says.',
      recovery: 'Set the old policy again.',
      examples: {
        match: ['semanage permissive -a httpd_t', 'setfacl --restore=old.acl'],
        noMatch: ['semanage port -l', 'setfacl -m u:a:r b'],
      },
    }),
    ...userRules,
  ],
};
