// Secrets: keys, tokens, passwords, and the environment that holds them. Reading them is a deed of its own.

import { reader } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';
import { SECRET_NAME } from './fetching.ts';

type Spec = Pick<Rule, 'id' | 'programs' | 'when' | 'why' | 'examples'> & Partial<Rule>;

function secret(spec: Spec): Rule {
  return { ...SHOWS_SECRET, target: 'none', ...spec };
}

/** Names of what a store holds, not what it holds. */
function listsStore(call: Call): boolean {
  const first = call.operands[0]?.value;
  if (/^(pass|gopass)$/.test(call.program))
    return /^(ls|list|find|search|version|help)$/.test(first ?? '') && call.operands.length <= 2;
  return (
    /^(list-keychains|list-smartcards|show-keychain-info|default-keychain|ls|status|help)$/.test(
      first ?? '',
    ) && !call.has('-s')
  );
}

export const secretsFamily: Family = {
  name: 'secrets',
  about: 'Keys, tokens and passwords that are printed.',
  syntax: [{ programs: ['printenv'], abbreviates: false }],
  rules: [
    reader(
      'secrets/list',
      words('pass gopass security lpass secret-tool'),
      { test: (call) => !call.mayHaveHiddenOptions && listsStore(call) },
      {
        match: ['pass ls', 'pass find mail', 'security list-keychains'],
        noMatch: ['pass show mail', 'pass rm mail', 'security delete-keychain x'],
      },
      'none',
    ),
    secret({
      id: 'secrets/shadow',
      programs: ['getent'],
      when: { test: (call) => /^g?shadow$/.test(call.operands[0]?.value ?? '') },
      why: 'It prints the stored passwords of the users of this machine.',
      examples: { match: ['getent shadow'], noMatch: ['getent passwd bob'] },
    }),
    secret({
      id: 'secrets/environment',
      programs: ['env', 'printenv', 'genv'],
      when: { test: (call) => !call.invocation.isTransparentWrapper && call.operands.length === 0 },
      category: 'read-only',
      severity: 'minor',
      reach: 'nothing',
      why: 'It prints the environment, and secrets may be in it.',
      examples: { match: ['env', 'printenv'], noMatch: ['printenv HOME', 'env ls'] },
    }),
    {
      ...secret({
        id: 'secrets/environment-one',
        programs: ['printenv'],
        when: {
          operands: { min: 1 },
          test: (call) =>
            call.operands.every(
              (word) =>
                word.value !== undefined &&
                !/(KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|PRIVATE|DSN|DATABASE_URL)/i.test(
                  word.value,
                ),
            ),
        },
        why: 'It prints a variable.',
        examples: { match: ['printenv HOME'], noMatch: ['printenv', 'printenv API_KEY'] },
      }),
      category: 'read-only',
      severity: 'none',
      reversible: 'yes',
      reach: 'nothing',
      recovery: 'Nothing to undo.',
    },
    secret({
      id: 'secrets/print-variable',
      programs: ['echo', 'printf', 'print'],
      when: {
        test: (call) =>
          call.invocation.argv.some(({ parts, text }) =>
            parts.some(
              (part) =>
                part.kind === 'variable' &&
                SECRET_NAME.test(part.name) &&
                // `${NAME:+set}` tells only whether it is set.
                !new RegExp(`\\{${part.name}:?\\+`).test(text),
            ),
          ),
      },
      why: 'It prints a variable whose name says that it is secret.',
      alternative: '`test -n "$NAME"` tells whether it is set.',
      examples: {
        match: ['echo $API_TOKEN', 'printf %s "$AWS_SECRET_ACCESS_KEY"'],
        noMatch: ['echo $HOME', 'echo ${API_TOKEN:+set}', 'test -n "$API_TOKEN"'],
      },
    }),
    secret({
      id: 'secrets/environment-secret',
      programs: ['printenv'],
      when: {
        operands: { min: 1 },
        test: (call) =>
          call.operands.some((word) =>
            /(KEY|TOKEN|SECRET|PASS|CREDENTIAL|AUTH|PRIVATE|DSN|DATABASE_URL)/i.test(
              word.value ?? 'KEY',
            ),
          ),
      },
      why: 'It prints a variable that holds a secret.',
      alternative: '`test -n "$NAME"` tells whether it is set.',
      examples: { match: ['printenv API_KEY'], noMatch: ['printenv HOME'] },
    }),
    secret({
      id: 'secrets/store',
      programs: words(
        'security pass gopass secret-tool lpass keepassxc-cli bw op 1password gpg gpg2 keyring kwallet-query age sops ansible-vault pinentry dcos mimikatz lazagne',
      ),
      when: {
        test: (call) =>
          /(^|\s)(find-generic-password|find-internet-password|dump-keychain|export|show|lookup|get|read|decrypt|reveal|-d|clip|view|edit|item get|--decrypt|extract|find-key|export-secret-keys|ls-x)(\s|$)/.test(
            call.operands.map((word) => word.value ?? '').join(' '),
          ) ||
          call.has('--export-secret-keys', '--export-secret-subkeys', '-d', '--decrypt', '-w') ||
          /^(mimikatz|lazagne)$/.test(call.program),
      },
      severity: 'serious',
      why: 'It takes secrets out of their store.',
      examples: {
        match: [
          'security find-generic-password -w x',
          'pass show mail',
          'gpg --export-secret-keys a',
          'op read op://a/b',
        ],
        noMatch: ['gpg --list-keys', 'op --version'],
      },
    }),
    secret({
      id: 'secrets/memory',
      programs: words('gcore memdump procdump strings-x'),
      when: {},
      severity: 'serious',
      why: 'It copies the memory of a program, with the secrets in it.',
      examples: { match: ['gcore 123'], noMatch: ['ps 123'] },
    }),
    secret({
      id: 'secrets/store-delete',
      programs: words('pass gopass secret-tool lpass keepassxc-cli keyring security'),
      when: {
        test: (call) =>
          /^(rm|remove|delete|clear|del|rmdir|mv|move|delete-[\w-]+)$/.test(
            call.operands[0]?.value ?? '',
          ),
      },
      verb: 'delete',
      severity: 'serious',
      why: 'It deletes or moves passwords in their store.',
      recovery: 'Take them from a backup of the store, or renew them.',
      examples: {
        match: ['pass rm -rf work', 'secret-tool clear a b'],
        noMatch: ['pass show mail', 'pass ls'],
      },
    }),
  ],
};
