// Made-up tokens in the published formats. They are put together at run time: no file holds one.
import { PLACE_RULES, TOKEN_RULES } from '../../src/core/session/redact/secretRules.ts';

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ234567';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A source of numbers that gives the same ones each time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface FakeSecret {
  rule: string;
  /** The whole text in which it is found; mostly the secret itself. */
  text: string;
  secret: string;
}

/** One for each rule of tokens, and for some several. */
export function fakeTokens(seed = 1): readonly FakeSecret[] {
  const random = seeded(seed);
  const of = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
  const an = (length: number) => of(ALNUM, length);
  const hex = (length: number) => of(HEX, length);
  const join = (...parts: string[]) => parts.join('');
  const made: Readonly<Record<string, readonly string[]>> = {
    'aws-key-id': [join('AK', 'IA', of(UPPER, 16)), join('AS', 'IA', of(UPPER, 16))],
    'aws-session-token': [join('IQo', 'J', an(200), '==')],
    'github-token': [...'pousr'].map((kind) => join('gh', kind, '_', an(36))),
    'github-pat': [join('github', '_pat_', an(22), '_', an(59))],
    'gitlab-token': ['pat', 'dt', 'rt', 'ptt'].map((kind) => join('gl', kind, '-', an(20))),
    'bitbucket-token': [join('AT', 'BB', an(32)), join('ATC', 'TT3', an(120))],
    'atlassian-token': [join('ATA', 'TT3', an(180))],
    'slack-token': ['b', 'p', 'a'].map((kind) =>
      join('xo', 'x', kind, '-', of('123456789', 12), '-', of('123456789', 12), '-', an(24)),
    ),
    'slack-app-token': [join('xa', 'pp-1-', an(11), '-', of('123456789', 12), '-', hex(64))],
    'slack-webhook': [join('T', of(UPPER, 8), '/B', of(UPPER, 8), '/', an(24))],
    'npm-token': [join('npm', '_', an(36))],
    'pypi-token': [join('pypi', '-AgEIcHlwaS5vcmc', an(80))],
    'rubygems-key': [join('rubygems', '_', hex(48))],
    'crates-token': [join('ci', 'o', an(32))],
    'nuget-key': [join('oy', '2', of(LOWER, 43))],
    'stripe-key': [join('sk', '_live_', an(24)), join('rk', '_test_', an(99))],
    'stripe-webhook': [join('whsec', '_', an(32))],
    'anthropic-key': [join('sk-', 'ant-api03-', an(93), 'AA')],
    'openrouter-key': [join('sk-', 'or-v1-', hex(64))],
    'openai-key': [join('sk-', 'proj-', an(74), 'T3Blbk', 'FJ', an(74))],
    'sk-key': [join('sk-', an(20), 'T3Blbk', 'FJ', an(20))],
    'google-api-key': [join('AI', 'za', an(35))],
    'google-oauth': [join('ya', '29.', an(120))],
    'google-client-secret': [join('GOC', 'SPX-', an(28))],
    'google-refresh-token': [join('1/', '/0', an(60))],
    'azure-storage-key': [join(an(86), '==')],
    'azure-sas': [join(an(43), '%3D')],
    'azure-client-secret': [join(an(3), '8Q', '~', an(34))],
    'azure-devops-pat': [join(an(76), 'AZ', 'DO', an(4))],
    jwt: [join('ey', 'J', an(30), '.ey', 'J', an(90), '.', an(43))],
    jwe: [join('ey', 'J', an(40), '.', an(60), '.', an(16), '.', an(80), '.', an(22))],
    'age-key': [join('AGE-SECRET', '-KEY-1', of('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58))],
    'hugging-face-token': [join('hf', '_', an(34))],
    'sendgrid-key': [join('S', 'G.', an(22), '.', an(43))],
    'twilio-key': [join('S', 'K', hex(32))],
    'mailgun-key': [join('key', '-', of(LOWER, 32))],
    'mailchimp-key': [join(hex(32), '-us', '12')],
    'brevo-key': [join('xkey', 'sib-', hex(64), '-', an(16))],
    'discord-webhook': [an(68)],
    'discord-token': [join('M', an(23), '.', an(6), '.', an(38))],
    'telegram-token': [join(of('123456789', 10), ':A', 'A', an(33))],
    'shopify-token': [join('shp', 'at_', hex(32))],
    'square-token': [join('sq0', 'csp-', an(43))],
    'facebook-token': [join('EA', 'A', an(120))],
    'digitalocean-token': [join('dop', '_v1_', hex(64))],
    'heroku-key': [join('HRK', 'U-AA', an(58))],
    'databricks-token': [join('da', 'pi', hex(32), '-2')],
    'dropbox-token': [join('s', 'l.', an(138))],
    'docker-token': [join('dckr', '_pat_', an(27))],
    'terraform-token': [join(an(14), '.atlas', 'v1.', an(67))],
    'vault-token': [join('hv', 's.', an(24))],
    'linear-key': [join('lin', '_api_', an(40))],
    'notion-token': [join('nt', 'n_', an(46)), join('secret', '_', an(43))],
    'figma-token': [join('fig', 'd_', an(40))],
    'sentry-token': [join('sntry', 's_', an(120))],
    'new-relic-key': [join('NR', 'AK-', of(UPPER, 27))],
    'grafana-token': [join('gl', 'sa_', an(32), '_', hex(8)), join('gl', 'c_', an(60))],
    'doppler-token': [join('d', 'p.pt.', an(43))],
    'postman-key': [join('PM', 'AK-', hex(24), '-', hex(34))],
    'planetscale-token': [join('pscale', '_tkn_', an(43))],
    'supabase-key': [join('sb', 'p_', hex(40))],
    'fly-token': [join('fo', '1_', an(43))],
    'netlify-token': [join('nf', 'p_', an(40))],
    'one-password-token': [join('ops', '_eyJ', an(250))],
    'tailscale-key': [join('ts', 'key-auth-', an(16), '-', an(32))],
    'pulumi-token': [join('pu', 'l-', hex(40))],
    'replicate-token': [join('r', '8_', an(37))],
    'groq-key': [join('gs', 'k_', an(52))],
    'perplexity-key': [join('pp', 'lx-', an(48))],
    'xai-key': [join('x', 'ai-', an(80))],
    'langsmith-key': [join('lsv', '2_pt_', hex(32), '_', hex(10))],
    'buildkite-token': [join('bk', 'ua_', hex(40))],
    'circleci-token': [join('CCI', 'PAT_', an(22), '_', hex(40))],
    'easypost-key': [join('EZ', 'AK', an(54))],
    'twitter-bearer': [join('A'.repeat(20), '%2F', an(80))],
    'alibaba-key': [join('LT', 'AI', an(20))],
    'cloudflare-ca-key': [join('v1', '.0-', hex(24), '-', hex(146))],
  };
  return Object.entries(made).flatMap(([rule, secrets]) =>
    secrets.map((secret) => ({ rule, secret, text: (PLACES[rule] ?? '') + secret })),
  );
}

/** Some tokens are told only by what stands before them. */
const PLACES: Readonly<Record<string, string>> = {
  'slack-webhook': 'https://hooks.slack.com/services/',
  'azure-storage-key': 'AccountName=shop;AccountKey=',
  'azure-sas': 'https://shop.blob.core.windows.net/c?sv=2024-01-01&sig=',
  'discord-webhook': 'https://discord.com/api/webhooks/123456789012345678/',
  'discord-token': 'discord: ',
};

/** A private key as `ssh-keygen` and `openssl` write it, with random letters in place of a key. */
export function fakePrivateKey(kind: string, lines: number, eol: string, seed = 7): string {
  const random = seeded(seed);
  const line = () =>
    Array.from({ length: 64 }, () => ALNUM.charAt(Math.floor(random() * ALNUM.length))).join('');
  const body = Array.from({ length: lines }, line).join(eol);
  const dashes = '-'.repeat(5);
  const name = `${kind}PRIVATE ${'KEY'}`;
  return `${dashes}BEGIN ${name}${dashes}${eol}${body}${eol}${dashes}END ${name}${dashes}`;
}

export const ALL_RULES: readonly string[] = [...TOKEN_RULES, ...PLACE_RULES].map(({ id }) => id);
