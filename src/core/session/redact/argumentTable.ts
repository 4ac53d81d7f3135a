// Which arguments of which programs are secrets, as data: what only the program's own option list can tell.

/** How an option's secret stands in its value. */
type Part =
  /** The whole value. */
  | 'value'
  /** What follows the first colon: `user:password`. */
  | 'after-colon'
  /** What follows the first `%`: `user%password`. */
  | 'after-percent';

export interface SecretOption {
  programs: readonly string[];
  /** Words that have to stand among the arguments, such as `login`; empty: always. */
  subcommands: readonly string[];
  /** The option as written, with its dash. */
  option: string;
  /** True where the value may only be glued to the option (`-pvalue`), as `mysql` reads it. */
  isGluedOnly: boolean;
  part: Part;
}

const REGISTRIES = ['docker', 'podman', 'nerdctl', 'buildah', 'skopeo', 'helm', 'oras', 'crane'];
const MYSQL = [
  ...['mysql', 'mysqldump', 'mysqladmin', 'mysqlimport', 'mysqlcheck', 'mysqlshow', 'mycli'],
  ...['mariadb', 'mariadb-dump', 'mariadb-admin', 'mariadb-import', 'mariadb-check'],
];
const MONGO = [
  ...['mongosh', 'mongo', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport'],
  ...['mongostat', 'mongotop', 'mongofiles'],
];
const LDAP = ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldappasswd', 'ldapwhoami'];
const HTTPIE = ['http', 'https', 'httpie', 'xh'];

function option(
  programs: readonly string[],
  name: string,
  rest: Partial<Omit<SecretOption, 'programs' | 'option'>> = {},
): SecretOption {
  return { programs, option: name, subcommands: [], isGluedOnly: false, part: 'value', ...rest };
}

export const SECRET_OPTIONS: readonly SecretOption[] = [
  option(MYSQL, '-p', { isGluedOnly: true }),
  option(REGISTRIES, '-p', { subcommands: ['login'] }),
  option(['az', 'gcloud', 'oc', 'heroku', 'cf', 'ibmcloud', 'vault'], '-p', {
    subcommands: ['login'],
  }),
  option(['curl'], '-u', { part: 'after-colon' }),
  option(['curl'], '--user', { part: 'after-colon' }),
  option(['curl'], '-U', { part: 'after-colon' }),
  option(['curl'], '--proxy-user', { part: 'after-colon' }),
  option(['curl'], '--oauth2-bearer'),
  option(['curl'], '-b'),
  option(HTTPIE, '-a', { part: 'after-colon' }),
  option(HTTPIE, '--auth', { part: 'after-colon' }),
  option(['sshpass'], '-p'),
  option(['redis-cli'], '-a'),
  option(MONGO, '-p'),
  option(['sqlcmd', 'bcp', 'osql', 'isql', 'tsql'], '-P'),
  option(LDAP, '-w'),
  option(['ldappasswd'], '-s'),
  option(['ipmitool'], '-P'),
  option(['snmpget', 'snmpwalk', 'snmpset'], '-A'),
  option(['snmpget', 'snmpwalk', 'snmpset'], '-X'),
  option(['zip', 'unzip', 'zipcloak'], '-P'),
  option(['7z', '7za', '7zz', 'rar', 'unrar'], '-p', { isGluedOnly: true }),
  option(['smbclient', 'rpcclient', 'smbget', 'smbmap', 'net'], '-U', { part: 'after-percent' }),
  option(['useradd', 'usermod', 'adduser'], '-p'),
  option(['influx', 'cqlsh', 'rabbitmqadmin', 'impala-shell', 'beeline'], '-p'),
  option(['mosquitto_pub', 'mosquitto_sub'], '-P'),
  option(['xfreerdp', 'xfreerdp3'], '/p:', { isGluedOnly: true }),
  option(['p4'], '-P'),
  option(['openssl'], '-K'),
  option(['ssh-keygen'], '-N'),
  option(['ssh-keygen'], '-P'),
];

/** Programs in which `pass:…` is how a secret is given. */
export const PASS_SOURCES: readonly string[] = ['openssl'];

/** Operands that are secrets: the one at `at`, counted from 0 after the given words. */
export interface SecretOperand {
  programs: readonly string[];
  words: readonly string[];
  at: number;
}

export const SECRET_OPERANDS: readonly SecretOperand[] = [
  { programs: ['aws'], words: ['configure', 'set', 'aws_secret_access_key'], at: 0 },
  { programs: ['aws'], words: ['configure', 'set', 'aws_session_token'], at: 0 },
  { programs: ['htpasswd'], words: [], at: 2 },
  { programs: MYSQL, words: ['password'], at: 0 },
  { programs: ['redis-cli'], words: ['auth'], at: 0 },
  { programs: ['redis-cli'], words: ['AUTH'], at: 0 },
];

/** Programs whose words `NAME=value` are secrets whatever their name, after these words. */
export const SECRET_PAIRS: readonly { programs: readonly string[]; words: readonly string[] }[] = [
  { programs: ['kubectl', 'oc'], words: ['create', 'secret'] },
  { programs: ['vault', 'bao'], words: ['kv', 'put'] },
  { programs: ['vault', 'bao'], words: ['write'] },
  { programs: ['fly', 'flyctl', 'doppler', 'infisical', 'supabase'], words: ['secrets', 'set'] },
];

/** Programs that read a secret from their standard input, and the words that say so; empty: always. */
export const SECRET_INPUTS: readonly { programs: readonly string[]; words: readonly string[] }[] = [
  { programs: ['sudo'], words: ['-S'] },
  { programs: ['sudo'], words: ['--stdin'] },
  { programs: ['su', 'passwd', 'chpasswd', 'kinit', 'cryptsetup', 'smbpasswd'], words: [] },
  { programs: [...REGISTRIES, 'npm', 'pnpm', 'yarn'], words: ['--password-stdin'] },
  { programs: ['gh', 'glab'], words: ['--with-token'] },
  { programs: ['gh', 'glab', 'wrangler'], words: ['secret'] },
  { programs: ['gcloud'], words: ['secrets'] },
];
