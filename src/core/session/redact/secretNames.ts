// Which names say that their value is a secret: variables, options, fields of a file.
// Invariant: a name that only says where a secret lies (a file, a socket) is none.

/** Names that can hardly mean anything else. */
const SURE =
  /(?:password|passwd|passphrase|secret|token|(?:^|_)(?:pwd|credentials?|pass_?(?:word|wd|phrase)|api_?key|access_?key|secret_?key|private_?key|encryption_?key|signing_?key|auth_?key|account_?key|shared_?key|license_?key|master_?key|auth_?token|connection_?string|webhook_?url))s?(?:_?(?:\d+|value|string|old|new|prod|dev|test|staging|live|base64|b64))?$/;

/** Names that say so only of a variable (`GPG_KEY`, `REDIS_AUTH`) or an option. */
const LIKELY = /(?:^|_)(?:pass|pw|passcode|auth|key|cookie|jwt|otp|pin|dsn)(?:_?\d+)?$/;

/** Names that end like the above and hold a place, a switch or a number. */
const NO_SECRET =
  /(?:^|_)(?:hash_?algorithm|public_?key|pub_?key|primary_?key|foreign_?key|sort_?key|partition_?key|cache_?key|hot_?key|shortcut_?key|registry_?key|no_?password|ask_?pass|(?:max|min|num|total|prompt|input|output|completion)_?(?:\w+_)?tokens?)$|^(?:keys?|pins?|auth|cookies?|oldpwd|pwd|pass|tokens|secrets|histcontrol)$/;

/** True where the value of a variable, option or field of this name is a secret. With `isSure` only names that can mean nothing else. */
export function isSecretName(name: string, isSure = false): boolean {
  const plain = plainName(name);
  if (NO_SECRET.test(plain)) return false;
  return SURE.test(plain) || (!isSure && LIKELY.test(plain));
}

/** `--apiKey`, `X-Api-Key` and `API_KEY` become `api_key`. */
function plainName(name: string): string {
  return name
    .replace(/^-+/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-.\s:/]+/g, '_')
    .toLowerCase();
}

/** The secret values among variables: those with a secret's name that are long and mixed enough to be looked for. */
export function secretValues(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const values = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecretName(name) && isWorthHiding(value) ? [value] : [],
  );
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}

/** Shorter or plainer values stand in output by chance, and replacing them there would tell more than it hides. */
function isWorthHiding(value: string): boolean {
  const isPlace = /^(?:\/|~|\.\.?\/|[A-Za-z]:\\)/.test(value) && !/\s/.test(value);
  return value.length >= 8 && !isPlace && new Set(value).size >= 4 && !/^\d{1,9}$/.test(value);
}
