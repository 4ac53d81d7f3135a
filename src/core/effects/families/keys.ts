// Rules on keys and certificates.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { network } from './networkRule.ts';

function changesKeys(call: Call): boolean {
  switch (call.program) {
    case 'ssh-keygen':
      return !call.has('-l', '-y', '-F', '-B', '-e', '-E=x') || call.has('-R', '-N', '-p');
    case 'ssh-add':
      return !call.has('-l', '-L', '-T');
    case 'ssh-agent':
    case 'ssh-copy-id':
      return true;
    case 'gpg':
    case 'gpg2':
      return !call.has(
        '--list-keys',
        '-k',
        '-K',
        '--list-secret-keys',
        '--verify',
        '--version',
        '--fingerprint',
        '--list-packets',
        '--list-sigs',
        '--check-sigs',
        '--with-colons',
      );
    case 'openssl':
      return (
        !/^(version|x509|verify|s_client|dgst|md5|sha256|sha1|asn1parse|crl|ciphers|list|speed|errstr|help)$/.test(
          call.operands[0]?.value ?? '',
        ) || call.has('-out', '-signkey')
      );
    case 'security':
      return /^(delete|add|set|import|create|unlock|remove|default|login|authorizationdb|trust)/.test(
        call.operands[0]?.value ?? '',
      );
    case 'keytool':
      return !call.has('-list', '-printcert');
    case 'trust':
      return !/^list$/.test(call.operands[0]?.value ?? '');
    default:
      return true;
  }
}

/** A key pair at a new place: ssh-keygen asks before it replaces one. Keys in `~/.ssh` are what others already trust. */
const makesNewKey = (call: Call) =>
  call.program === 'ssh-keygen' &&
  changesKeys(call) &&
  !call.has('-R', '-p', '-c', '-A', '-K') &&
  !/\.ssh(\/|$)/.test(call.valueOf('-f')?.value ?? '.ssh/') &&
  call.invocation.input.kind === 'inherit';

/** Rules on keys and certificates. */
export const keyRules: readonly Rule[] = [
  network({
    id: 'network/keys',
    programs: [
      'ssh-keygen',
      'ssh-copy-id',
      'ssh-add',
      'ssh-agent',
      'gpg',
      'gpg2',
      'openssl',
      'keytool',
      'certutil',
      'update-ca-certificates',
      'trust',
      'mkcert',
      'security',
    ],
    when: { test: (call) => changesKeys(call) && !makesNewKey(call) },
    category: 'data-mutation',
    verb: 'modify',
    severity: 'serious',
    reach: 'machine',
    target: 'none',
    why: 'It makes, replaces, deletes or installs keys or certificates.',
    recovery: 'Restore the old key from a backup.',
    examples: {
      match: [
        'ssh-keygen -f ~/.ssh/id_rsa -N ""',
        'ssh-copy-id host',
        'ssh-add -D',
        'gpg --delete-secret-keys x',
      ],
      noMatch: ['ssh-keygen -l -f a.pub', 'ssh-add -l', 'gpg --list-keys', 'openssl version'],
    },
  }),
  reader(
    'network/keys-read',
    ['ssh-keygen', 'ssh-add', 'gpg', 'gpg2', 'openssl', 'keytool'],
    { test: (call) => !changesKeys(call) },
    {
      match: ['ssh-keygen -l -f a.pub', 'gpg --list-keys', 'openssl version'],
      noMatch: ['ssh-add -D'],
    },
  ),
  network({
    id: 'network/new-key',
    programs: ['ssh-keygen'],
    when: { test: makesNewKey },
    verb: 'create',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'yes',
    reach: 'workspace',
    target: 'none',
    why: 'It makes a new pair of keys.',
    recovery: 'Delete the two files.',
    examples: {
      match: ["ssh-keygen -t ed25519 -f newkey -N ''"],
      noMatch: ['ssh-keygen -t rsa', 'ssh-keygen -R host', 'ssh-keygen -f ~/.ssh/id_rsa'],
    },
  }),
];
