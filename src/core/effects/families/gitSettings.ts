// git rules on settings and addresses, and on code that git would run by them.

import { GIT_COMMANDS } from '../../shell/unwrap/gitOptions.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { CODE_KEYS, configKey, git, isConfigRead } from './gitRule.ts';

/** Settings whose value lets one in somewhere. */
const SECRET_KEY = /(extraheader|token|smtppass|password|passwd|secret|apikey)$/i;

/** Rules on settings. */
export const settingRules: readonly Rule[] = [
  git({
    id: 'git/config-code',
    when: {
      subcommand: ['config'],
      test: (call) =>
        !isConfigRead(call) &&
        (configKey(call)?.value === undefined || CODE_KEYS.test(configKey(call)?.value ?? '')),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'serious',
    reach: 'machine',
    target: 'none',
    why: 'It sets a git option that runs a program or sends commits elsewhere from now on.',
    recovery: '`git config --unset` takes it back.',
    examples: {
      match: ['git config core.hooksPath /tmp/h', 'git config alias.x "!sh"'],
      noMatch: ['git config user.name A', 'git config core.hooksPath'],
    },
  }),
  git({
    id: 'git/config',
    when: {
      subcommand: ['config'],
      test: (call) => !isConfigRead(call) && !namesAuthor(call),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    target: 'none',
    why: "It changes git's settings.",
    recovery: '`git config --unset` takes it back.',
    examples: {
      match: ['git config core.editor a'],
      noMatch: ['git config --get user.name'],
    },
  }),
  git({
    id: 'git/config-author',
    when: { subcommand: ['config'], test: namesAuthor },
    verb: 'change-config',
    category: 'config-change',
    target: 'none',
    why: 'It says who the author of commits in this repository is.',
    recovery: '`git config --unset` takes it back.',
    examples: {
      match: ['git config user.name A', 'git config user.email a@example.org'],
      noMatch: ['git config user.name', 'git config core.editor a'],
    },
  }),
  git({
    id: 'git/config-secret',
    when: {
      subcommand: ['config'],
      test: (call) => isConfigRead(call) && SECRET_KEY.test(configKey(call)?.value ?? ''),
    },
    ...SHOWS_SECRET,
    target: 'none',
    why: 'It prints a setting that holds a password or a token.',
    examples: {
      match: ['git config --get http.extraheader', 'git config sendemail.smtpPass'],
      noMatch: ['git config --get user.name', 'git config http.extraheader X'],
    },
  }),
  git({
    id: 'git/inline-config',
    when: {
      any: ['^-c', '^--config-env', '^--exec-path'],
      test: runsByConfig,
    },
    verb: 'execute-code',
    category: 'config-change',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    target: 'none',
    why: 'An option of this git call runs another program.',
    recovery: 'Depends on the program.',
    examples: {
      match: ['git -c core.pager=./x log', 'git -c alias.l=!sh l'],
      noMatch: ['git -c user.name=a log'],
    },
  }),
  git({
    id: 'git/remote-change',
    when: {
      subcommand: ['remote'],
      test: (call) =>
        /^(add|remove|rm|rename|set-url|set-head|set-branches|prune|update)$/.test(
          call.operands[0]?.value ?? '',
        ),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    target: 'none',
    why: 'It changes where this repository fetches from and pushes to.',
    recovery: 'Set the old address again.',
    examples: { match: ['git remote set-url origin x'], noMatch: ['git remote -v'] },
  }),
  git({
    id: 'git/schedule',
    when: {
      subcommand: ['maintenance'],
      test: (call) => /^(start|register)$/.test(call.operands[0]?.value ?? ''),
    },
    verb: 'change-config',
    category: 'config-change',
    severity: 'moderate',
    reach: 'machine',
    target: 'none',
    why: 'It makes the machine start git by itself from now on.',
    recovery:
      '`git maintenance stop` ends it; `git maintenance unregister` forgets the repository.',
    examples: { match: ['git maintenance start'], noMatch: ['git maintenance run'] },
  }),
  git({
    id: 'git/remote-code',
    when: {
      subcommand: words('clone fetch pull push ls-remote archive submodule remote'),
      test: (call) =>
        call.has('--upload-pack', '--receive-pack', '--exec') ||
        (call.subcommand[0] === 'clone' && call.has('-u', '-c', '--config', '--template')) ||
        call.operands.some((word) => /^ext::|^-/.test(word.value ?? '')),
    },
    verb: 'execute-code',
    severity: 'serious',
    reversible: 'unknown',
    reach: 'machine',
    target: 'none',
    why: 'It lets git start a program that the call names.',
    recovery: 'Depends on the program.',
    examples: {
      match: ['git clone -u ./x y', 'git fetch ext::sh', 'git ls-remote --upload-pack=./x y'],
      noMatch: ['git clone https://example.org/x'],
    },
  }),
  git({
    id: 'git/credential',
    when: {
      subcommand: ['credential', 'credential-store', 'credential-cache', 'credential-manager'],
    },
    verb: 'read',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'machine',
    target: 'none',
    why: 'It prints or changes the passwords that git keeps.',
    recovery: 'Renew the password.',
    examples: { match: ['git credential fill'], noMatch: ['git config credential.helper'] },
  }),
];

/** An inline setting that runs something. git ignores an alias that has the name of one of its own commands. */
function runsByConfig(call: Call): boolean {
  return call.options.some(({ name, value }) => {
    if (name === '^--exec-path') return value !== undefined;
    if (name === '^--config-env')
      return CODE_KEYS.test((value?.value ?? 'alias.x').split('=')[0] ?? '');
    if (name !== '^-c') return false;
    const key = (value?.value ?? 'alias.x').split('=')[0] ?? '';
    const isShadowed = key.startsWith('alias.') && GIT_COMMANDS.has(key.slice(6));
    return CODE_KEYS.test(key) && !isShadowed;
  });
}

/** `git config user.name NAME`, for this repository only. */
function namesAuthor(call: Call): boolean {
  const [key, name, ...others] = call.operands;
  return (
    /^user\.(name|email)$/.test(key?.value ?? '') &&
    name?.value !== undefined &&
    others.length === 0 &&
    !call.mayHaveHiddenOptions &&
    call.options.every(({ name: option }) => option === '--local')
  );
}
