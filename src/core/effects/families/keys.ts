// Rules on keys and certificates.
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { network } from './networkRule.ts';

/** Options of openssl that write a file, sign, or load code and settings. */
const OPENSSL_MORE = words(
  '-out -signkey -engine -provider -provider-path -config -writerand -keyout -sess_out -CAcreateserial -keylogfile -ssl_client_engine -msgfile -sign',
);

/** What of gpg lists and checks, and what shapes its answer. */
const GPG_READS = words(`
  --list-keys -k -K --list-secret-keys --list-public-keys --verify --version --fingerprint --list-packets --list-sigs
  --check-sigs --list-signatures --check-signatures --with-colons --keyid-format --with-fingerprint --with-keygrip
  --with-subkey-fingerprint --batch --no-tty -q --quiet -v --verbose --fixed-list-mode --no-auto-check-trustdb
`);

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
      return (
        call.options.length === 0 || !call.options.every(({ name }) => GPG_READS.includes(name))
      );
    case 'openssl':
      return (
        !/^(version|x509|verify|s_client|dgst|md5|sha256|sha1|asn1parse|crl|ciphers|list|speed|errstr|help|rand|base64|prime|passwd|info)$/.test(
          call.operands[0]?.value ?? '',
        ) || call.has(...OPENSSL_MORE)
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
const makesNewKey = (call: Call) => makesNewByOpenssl(call) || makesNewPair(call);

/** A new key, request or random text in a file; none of the user's own keys stands on the line. */
const makesNewByOpenssl = (call: Call) =>
  call.program === 'openssl' &&
  /^(genrsa|genpkey|ecparam|req|rand|dhparam|gendsa)$/.test(call.operands[0]?.value ?? '') &&
  call.invocation.argv.every(
    ({ value }) => value !== undefined && !/(^|\/)\.ssh\/|^\/etc\//.test(value),
  );

const makesNewPair = (call: Call) =>
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
    programs: ['ssh-keygen', 'openssl'],
    when: { test: (call) => changesKeys(call) && makesNewKey(call) },
    verb: 'create',
    category: 'config-change',
    severity: 'moderate',
    reversible: 'yes',
    reach: 'workspace',
    target: 'none',
    why: 'It makes a new key in a file.',
    recovery: 'Delete the file.',
    examples: {
      match: ["ssh-keygen -t ed25519 -f newkey -N ''", 'openssl genrsa -out test-key 2048'],
      noMatch: [
        'ssh-keygen -t rsa',
        'ssh-keygen -R host',
        'ssh-keygen -f ~/.ssh/id_rsa',
        'openssl rand -hex 8',
      ],
    },
  }),
];
