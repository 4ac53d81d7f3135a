// Which texts are secrets, which are not, and what stands in their place.
import assert from 'node:assert/strict';
import { Redactor } from '../../../../../src/core/session/redact/redactor.ts';
import { isSecretName, secretValues } from '../../../../../src/core/session/redact/secretNames.ts';
import { TOKEN_RULES } from '../../../../../src/core/session/redact/secretRules.ts';
import { fakePrivateKey, fakeTokens } from '../../../../helpers/fakeSecrets.ts';

const redactor = new Redactor({ key: () => 'key of the workspace', known: ['correct horse 77'] });
const mark = (kind: string) => new RegExp(`«redacted:${kind}:len\\d+:[0-9a-f]{8}»`);

describe('redactor – token formats', () => {
  const tokens = [...fakeTokens(1), ...fakeTokens(2), ...fakeTokens(3)];

  it('every rule of tokens has a made-up token in this test', () => {
    const made = new Set(tokens.map(({ rule }) => rule));
    assert.deepEqual(
      TOKEN_RULES.map(({ id }) => id).filter((id) => !made.has(id)),
      [],
    );
    assert.ok(TOKEN_RULES.length >= 60);
  });

  const places: [name: string, around: (text: string) => string][] = [
    ['alone', (text) => text],
    ['in a sentence', (text) => `the value is ${text} and more`],
    ['in JSON', (text) => `{"a":"${text}","b":1}`],
    ['in a list of variables', (text) => `export A=1\nX=${text}\nB=2`],
    ['in quotes', (text) => `echo '${text}'; echo "${text}"`],
    ['at the end of a line', (text) => `${text}\r\nnext line`],
  ];
  for (const [name, around] of places) {
    it(`${name} – no token of ${tokens.length} is left`, () => {
      const left = tokens.filter(({ text, secret }) => {
        const shown = redactor.text(around(text));
        return shown.includes(secret) || shown.includes(secret.slice(-12));
      });
      assert.deepEqual(left, []);
    });
  }

  it('a private key is replaced whole, with any line end, also where its end is missing', () => {
    for (const kind of ['', 'RSA ', 'OPENSSH ', 'EC ']) {
      for (const eol of ['\n', '\r\n', '\\n']) {
        const key = fakePrivateKey(kind, 20, eol);
        assert.match(redactor.text(`a ${key} b`), /^a «redacted:private-key:len\d+:\w{8}» b$/);
        const torn = redactor.text(`a ${key.slice(0, 400)}`);
        assert.match(torn, /^a «redacted:private-key:len\d+:\w{8}»$/);
      }
    }
  });
});

describe('redactor – places', () => {
  const secrets: [text: string, secret: string][] = [
    ['DB_PASSWORD=hunter2', 'hunter2'],
    ['PGPASSWORD=s3cr3t psql', 's3cr3t'],
    ['MYSQL_PWD=abc', 'abc'],
    ['password: "correct horse"', 'correct horse'],
    ['password: s3cr3t!', 's3cr3t!'],
    ['{"client_secret":"q9f8h3f98h3"}', 'q9f8h3f98h3'],
    ['api_key => "abc123def"', 'abc123def'],
    ["apiKey = 'abc123def'", 'abc123def'],
    ['--token abc123', 'abc123'],
    ['--db-password=abc123', 'abc123'],
    ['https://user:p4ss@example.com/x', 'p4ss'],
    ['postgres://app:s3cr3t@db:5432/x', 's3cr3t'],
    ['redis://:s3cr3t@cache', 's3cr3t'],
    ['https://0123456789abcdef0123@example.com/r.git', '0123456789abcdef0123'],
    ['Authorization: Bearer abcdefghijklmnop', 'abcdefghijklmnop'],
    ['authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['Authorization: token 0123456789abcdef', '0123456789abcdef'],
    ['"Authorization": "abcdef0123456789"', 'abcdef0123456789'],
    ['X-Api-Key: 0123456789abcdef', '0123456789abcdef'],
    ['Set-Cookie: session=0123456789abcdef; Path=/', '0123456789abcdef'],
    [`aws_secret_access_key = ${'aB3/'.repeat(10)}`, 'aB3/'.repeat(10)],
    ['machine h login me password s3cr3t', 's3cr3t'],
    ['//registry.example/:_authToken=abcdef-0123', 'abcdef-0123'],
    ['Server=db;User Id=sa;Password=Pa55w0rd;', 'Pa55w0rd'],
    ['in a word correct horse 77!', 'correct horse 77'],
    ['?access_token=abcdef0123&x=1', 'abcdef0123'],
  ];
  for (const [text, secret] of secrets) {
    it(`${text} – is hidden`, () => {
      const shown = redactor.text(text);
      assert.ok(!shown.includes(secret), shown);
      assert.match(shown, mark('[a-z-]+'));
    });
  }

  const plain: string[] = [
    'const token = req.headers.authorization;',
    'export const password: string;',
    'password: z.string().min(8)',
    'token: getToken()',
    'this.secret = options.secret;',
    'TOKEN=$(cat file)',
    'PASSWORD=$DB_PASSWORD',
    'password=${PASSWORD}',
    'PASSWORD=<your password>',
    'password: ********',
    'max_tokens=4096',
    '{"total_tokens": 1532, "prompt_tokens": 12}',
    'author: me',
    'tests passed: 12, failed: 0',
    'SSH_AUTH_SOCK=/tmp/agent.1',
    'key: value',
    'primary_key=id',
    'the token is invalid',
    'password must not be empty',
    'Enter password:',
    '[sudo] password for me:',
    'src/core/session/redact/secretNames.ts:12: export function isSecretName',
    'commit 0123456789abcdef0123456789abcdef01234567',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'integrity sha512-MV7Krtz0F5CEEYtDjs4wH0lQ3n0vN7fHn8U2Wq5QOZ5Kq7v9Zp0yH1cCq0fFvG==',
    'task-force sk-learn disk-usage risk-based',
    'https://example.com/a?b=c',
    'git@github.com:owner/repo.git',
    'http://localhost:3000/path@2x.png',
    'user@host:/path',
    'Authorization: Bearer $TOKEN',
    'Authorization: Bearer <token>',
    'keyboard: us, monkey: yes',
    'npm_config_cache=/x npm_package_json=/w/package.json',
    'AKIA is how key ids start',
    '"jsonwebtoken": "^9.0.0"',
    'ACCESS_TOKEN: "access_token"',
    'const badToken = "bad_token";',
    'x.cachedToken = "silentFlowClientAcquireCachedToken"',
    'Bearer authorization_uri="https://example.com"',
    'authorization: string;',
    '--password-stdin < file',
    '--token-file /x/y',
    'eyJ is how a JWT starts',
    '123e4567-e89b-12d3-a456-426614174000',
  ];
  for (const text of plain) {
    it(`${text} – stays`, () => assert.equal(redactor.text(text), text));
  }
});

describe('redactor – text that is made to take long', () => {
  // No limit in time: what is not linear here does not end at all.
  const parts = [
    ...[
      'a',
      ' ',
      '.',
      '-',
      '_',
      ':',
      '/',
      '=',
      '"',
      "'",
      '\\',
      '\n',
      'A',
      '0',
      'aB',
      'a_',
      'key',
      'token=',
    ],
    ...[
      'token="aB',
      'password: "a ',
      '://',
      '://a:',
      'eyJ.',
      'eyJa.',
      '-----BEGIN PRIVATE KEY-----',
    ],
    ...[
      'authorization: ',
      'bearer ',
      'cookie: a=',
      'login a ',
      'AAAA',
      'sk-',
      'xoxb-',
      '«redacted:',
      '«',
    ],
  ];
  it('one part many times, alone and after each other part – ends', () => {
    for (const part of parts) redactor.text(part.repeat(20_000));
    for (const before of parts) {
      for (const part of parts) redactor.text(before + part.repeat(500) + before);
    }
  });
});

describe('redactor – marks', () => {
  it('tell kind and length, are equal for equal secrets and different for others', () => {
    const [a, b, c] = ['DB_PASSWORD=abcdef', 'password: "abcdef"', 'DB_PASSWORD=abcdeg'].map(
      (text) => /«.*»/.exec(redactor.text(text))?.[0],
    );
    assert.match(a ?? '', /^«redacted:password:len6:[0-9a-f]{8}»$/);
    assert.equal(a, b);
    assert.notEqual(a, c);
  });

  it('differ from workspace to workspace', () => {
    const other = new Redactor({ key: () => 'another key', known: [] });
    assert.notEqual(other.text('PASSWORD=abcdef'), redactor.text('PASSWORD=abcdef'));
  });

  it('are not redacted again', () => {
    for (const { text } of fakeTokens()) {
      const once = redactor.text(`password=${text} ${text}`);
      assert.equal(redactor.text(once), once);
    }
  });
});

describe('secretNames', () => {
  it('names of secrets', () => {
    for (const name of [
      'DB_PASSWORD',
      'githubToken',
      'x-api-key',
      'AWS_SECRET_ACCESS_KEY',
      'NPM_TOKEN',
      'pgpassword',
      'MYSQL_PWD',
      'API_KEY_2',
      'REDIS_AUTH',
      'GPG_SIGNING_KEY',
      'SENTRY_DSN',
    ]) {
      assert.ok(isSecretName(name), name);
    }
  });

  it('names of other things', () => {
    for (const name of [
      'PATH',
      'SSH_AUTH_SOCK',
      'PASSWORD_FILE',
      'TOKEN_PATH',
      'MAX_TOKENS',
      'KEYBOARD',
      'AUTHOR',
      'GIT_ASKPASS',
      'PWD',
      'OLDPWD',
      'primaryKey',
      'publicKey',
      'monkey',
    ]) {
      assert.ok(!isSecretName(name), name);
    }
  });

  it('values of the environment that are looked for – long, mixed, no paths', () => {
    assert.deepEqual(
      secretValues({
        API_TOKEN: 'abcdefgh1',
        DB_PASSWORD: 'short',
        PRIVATE_KEY: '/home/me/key',
        NOTE: 'abcdefgh2',
        X_SECRET: undefined,
        Y_SECRET: '11111111',
      }),
      ['abcdefgh1'],
    );
  });
});
