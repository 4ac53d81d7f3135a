// Forms of published token formats, as data: what a secret looks like wherever it stands.
// Invariant: the secret is group 1; every match holds one of its rule's hints; no pattern can take more than linear time.

export interface SecretRule {
  id: string;
  /** Lower-case texts of three characters or more, one of which stands in or just before every match. */
  hints: readonly string[];
  /** Global and with indices; group 1 is what is replaced. */
  pattern: RegExp;
  /** Told by its place, so a placeholder may stand there as well. */
  isPlace?: true;
}

const B = '(?<![A-Za-z0-9])';

/** `form` is the text of the token: its prefix and what follows. */
function token(id: string, hints: readonly string[], form: string, flags = ''): SecretRule {
  return { id, hints, pattern: new RegExp(`${B}(${form})`, `gd${flags}`) };
}

const hex = (length: number) => `[0-9a-f]{${length}}`;

export const TOKEN_RULES: readonly SecretRule[] = [
  token(
    'aws-key-id',
    ['akia', 'asia', 'abia', 'acca'],
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
  ),
  token('aws-session-token', ['fwog', 'fqog', 'iqoj'], '(?:FwoG|FQoG|IQoJ)[A-Za-z0-9/+=]{80,2048}'),
  token('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 'gh[pousr]_[A-Za-z0-9]{36,255}'),
  token('github-pat', ['github_pat_'], 'github_pat_[A-Za-z0-9_]{22,255}'),
  token(
    'gitlab-token',
    [
      'glpat-',
      'gldt-',
      'glrt-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glimt-',
      'glagent-',
      'gloas-',
      'glsoat-',
      'glffct-',
    ],
    'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\\w-]{20,300}',
  ),
  token('bitbucket-token', ['atbb', 'atctt3'], 'AT(?:BB[A-Za-z0-9]{28,64}|CTT3[\\w=-]{60,400})'),
  token('atlassian-token', ['atatt3'], 'ATATT3[\\w=-]{60,400}'),
  token(
    'slack-token',
    ['xoxa-', 'xoxb-', 'xoxp-', 'xoxo-', 'xoxs-', 'xoxr-', 'xoxe-', 'xoxe.', 'xoxc-', 'xoxd-'],
    'xox[abposrecd](?:\\.xox[bp])?-[\\w-]{10,400}',
  ),
  token('slack-app-token', ['xapp-'], 'xapp-\\d-[\\w-]{20,300}'),
  token(
    'slack-webhook',
    ['hooks.slack.com'],
    '(?<=hooks\\.slack\\.com/(?:services|workflows|triggers)/)[A-Za-z0-9_/]{20,200}',
  ),
  token('npm-token', ['npm_'], 'npm_[A-Za-z0-9]{36}'),
  token('pypi-token', ['pypi-'], 'pypi-[\\w-]{50,500}'),
  token('rubygems-key', ['rubygems_'], `rubygems_${hex(48)}`),
  token('crates-token', ['cio'], 'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])'),
  token('nuget-key', ['oy2'], 'oy2[a-z0-9]{43}(?![A-Za-z0-9])'),
  token('stripe-key', ['k_live_', 'k_test_'], '[srp]k_(?:live|test)_[A-Za-z0-9]{16,250}'),
  token('stripe-webhook', ['whsec_'], 'whsec_[A-Za-z0-9+/=]{24,200}'),
  token('anthropic-key', ['sk-ant-'], 'sk-ant-[\\w-]{20,300}'),
  token('openrouter-key', ['sk-or-'], `sk-or-(?:v\\d-)?${hex(32)}[0-9a-f]*`),
  token(
    'openai-key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-none-'],
    'sk-(?:proj|svcacct|admin|None)-[\\w-]{20,300}',
  ),
  token('sk-key', ['sk-'], 'sk-[A-Za-z0-9]{32,200}(?![A-Za-z0-9-])'),
  token('google-api-key', ['aiza'], 'AIza[\\w-]{35}'),
  token('google-oauth', ['ya29.'], 'ya29\\.[\\w-]{20,2000}'),
  token('google-client-secret', ['gocspx-'], 'GOCSPX-[\\w-]{20,60}'),
  token('google-refresh-token', ['1//0'], '1//0[\\w-]{38,200}'),
  token(
    'azure-storage-key',
    ['accountkey=', 'sharedaccesskey='],
    '(?<=(?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/]{40,100}={0,2}',
  ),
  token('azure-sas', ['sig='], '(?<=[?&]sig=)[A-Za-z0-9%+/]{40,120}={0,2}'),
  token('azure-client-secret', ['8q~', '7q~'], '[\\w~.-]{3}[78]Q~[\\w~.-]{31,34}'),
  token('azure-devops-pat', ['azdo'], '[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}'),
  token('jwt', ['eyj'], 'eyJ[\\w-]{8,4000}\\.eyJ[\\w-]{8,8000}\\.[\\w-]{8,2000}'),
  token(
    'jwe',
    ['eyj'],
    'eyJ[\\w-]{16,2000}\\.[\\w-]{0,1000}\\.[\\w-]{8,100}\\.[\\w-]{8,8000}\\.[\\w-]{16,100}',
  ),
  token('age-key', ['age-secret-key-1'], 'AGE-SECRET-KEY-1[0-9A-Z]{58}'),
  token('hugging-face-token', ['hf_', 'api_org_'], '(?:hf_|api_org_)[A-Za-z0-9]{34,60}'),
  token('sendgrid-key', ['sg.'], 'SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}'),
  token(
    'twilio-key',
    [...'0123456789abcdef'].map((digit) => `sk${digit}`),
    `SK${hex(32)}(?![0-9a-zA-Z])`,
  ),
  token('mailgun-key', ['key-'], `key-[0-9a-z]{32}(?![0-9a-zA-Z])`),
  token('mailchimp-key', ['-us'], `${hex(32)}-us\\d{1,2}(?!\\d)`),
  token('brevo-key', ['xkeysib-', 'xsmtpsib-'], `x(?:key|smtp)sib-${hex(64)}-[A-Za-z0-9]{16}`),
  token('discord-webhook', ['/api/webhooks/'], '(?<=/api/webhooks/\\d{15,20}/)[\\w-]{50,100}'),
  token(
    'discord-token',
    ['discord'],
    '[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}(?![\\w-])',
  ),
  token('telegram-token', [':aa'], '\\d{8,10}:AA[\\w-]{33}(?![\\w-])'),
  token(
    'shopify-token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_'],
    'shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{32}',
  ),
  token('square-token', ['sq0atp-', 'sq0csp-', 'sq0idp-'], 'sq0(?:atp|csp|idp)-[\\w-]{22,60}'),
  token('facebook-token', ['eaa'], 'EAA[A-Za-z0-9]{60,300}(?![A-Za-z0-9])'),
  token('digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], `do[opr]_v1_${hex(64)}`),
  token('heroku-key', ['hrku-'], 'HRKU-[\\w-]{30,80}'),
  token(
    'databricks-token',
    ['dapi', 'dkea', 'dose'],
    `(?:dapi|dkea|dose)${hex(32)}(?:-\\d)?(?![0-9a-zA-Z])`,
  ),
  token('dropbox-token', ['sl.'], 'sl\\.(?:u\\.)?[\\w-]{120,2000}'),
  token('docker-token', ['dckr_pat_', 'dckr_oat_'], 'dckr_[po]at_[\\w-]{27,64}'),
  token('terraform-token', ['.atlasv1.'], '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,80}'),
  token('vault-token', ['hvs.', 'hvb.', 'hvr.'], 'hv[sbr]\\.[\\w-]{24,400}'),
  token('linear-key', ['lin_api_', 'lin_oauth_'], 'lin_(?:api|oauth)_[A-Za-z0-9]{32,64}'),
  token(
    'notion-token',
    ['ntn_', 'secret_'],
    '(?:ntn_[A-Za-z0-9]{40,60}|secret_[A-Za-z0-9]{43})(?![A-Za-z0-9])',
  ),
  token('figma-token', ['figd_', 'figu_'], 'fig[du]_[\\w-]{36,80}'),
  token('sentry-token', ['sntrys_', 'sntryu_'], 'sntry[su]_[\\w+/=]{40,600}'),
  token('new-relic-key', ['nrak-', 'nraa-', 'nrii-'], 'NR(?:AK|AA|II)-[A-Za-z0-9_-]{27,32}'),
  token(
    'grafana-token',
    ['glc_', 'glsa_'],
    'gl(?:c_[A-Za-z0-9+/=]{32,400}|sa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8})',
  ),
  token(
    'doppler-token',
    ['dp.'],
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[\\w-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  token('postman-key', ['pmak-'], `PMAK-${hex(24)}-${hex(34)}`),
  token('planetscale-token', ['pscale_'], 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,64}'),
  token('supabase-key', ['sbp_', 'sb_secret_'], `(?:sbp_${hex(40)}|sb_secret_[\\w-]{22,60})`),
  token(
    'fly-token',
    ['fo1_', 'fm1r_', 'fm2_', 'fm1a_'],
    '(?:fo1_[\\w-]{43}|fm(?:1[ar]|2)_[A-Za-z0-9+/]{60,2000}={0,2})',
  ),
  token('netlify-token', ['nfp_', 'nfc_', 'nfo_', 'nfu_'], 'nf[pcou]_[A-Za-z0-9]{36,60}'),
  token('one-password-token', ['ops_eyj'], 'ops_eyJ[A-Za-z0-9+/=]{100,3000}'),
  token(
    'tailscale-key',
    ['tskey-'],
    'tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{6,32}(?:-[A-Za-z0-9]{20,50})?',
  ),
  token('pulumi-token', ['pul-'], `pul-${hex(40)}`),
  token('replicate-token', ['r8_'], 'r8_[A-Za-z0-9]{37}'),
  token('groq-key', ['gsk_'], 'gsk_[A-Za-z0-9]{52}'),
  token('perplexity-key', ['pplx-'], 'pplx-[A-Za-z0-9]{40,60}'),
  token('xai-key', ['xai-'], 'xai-[A-Za-z0-9]{70,90}'),
  token('langsmith-key', ['lsv2_'], `lsv2_(?:pt|sk)_${hex(32)}_${hex(10)}`),
  token('buildkite-token', ['bkua_', 'bkaj_'], `bk(?:ua|aj)_${hex(40)}`),
  token(
    'circleci-token',
    ['ccipat_', 'ccipproj_'],
    'CCIP(?:AT|PRJ|PROJ)_[A-Za-z0-9]{16,32}_[0-9a-f]{32,64}',
  ),
  token('easypost-key', ['ezak', 'eztk'], 'EZ[AT]K[A-Za-z0-9]{54}'),
  token('twitter-bearer', ['aaaaaaaaa'], 'A{18,22}[A-Za-z0-9%]{60,200}'),
  token('alibaba-key', ['ltai'], 'LTAI[A-Za-z0-9]{17,21}(?![A-Za-z0-9])'),
  token('cloudflare-ca-key', ['v1.0-'], `v1\\.0-${hex(24)}-${hex(146)}`),
];

const VALUE = '[^\\s\'"`,;&|<>(){}\\[\\]\\\\«»]';

/** Places in text whose value is a secret whatever it looks like. The name or value is judged once more in redactor.ts. */
export const PLACE_RULES: readonly SecretRule[] = [
  {
    id: 'url-password',
    isPlace: true,
    hints: ['://'],
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"`«»]{0,200}:([^\s@/'"`«»]{1,300})@/dgi,
  },
  {
    id: 'url-token',
    isPlace: true,
    hints: ['://'],
    pattern: /https?:\/\/([A-Za-z0-9_-]{20,300})@/dgi,
  },
  {
    id: 'authorization',
    isPlace: true,
    hints: ['authorization'],
    pattern:
      /authorization['"]?\s{0,4}[:=]\s{0,4}['"]?(?:(?:bearer|basic|token|digest|negotiate|apikey|aws4-hmac-sha256)\s{1,4})?(?!(?:bearer|basic|token|digest|negotiate|apikey)\s)([^\s'"`«»$<{][^\s'"`«»]{3,8000})/dgi,
  },
  {
    id: 'bearer',
    isPlace: true,
    hints: ['bearer '],
    pattern: /\bbearer\s{1,4}([A-Za-z0-9][\w.~+/-]{15,8000}=*)(?![="'\w])/dgi,
  },
  {
    id: 'cookie',
    isPlace: true,
    hints: ['cookie'],
    pattern: /(?:set-)?cookie['"]?\s{0,4}:\s{0,4}['"]?[\w.-]{1,80}=([^\s;'"`«»]{12,4000})/dgi,
  },
  {
    id: 'aws-secret-key',
    isPlace: true,
    hints: ['secret'],
    pattern:
      /(?:aws_?)?secret_?(?:access_?)?key['"]?\s{0,4}[:=>]{1,2}\s{0,4}['"]?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/dgi,
  },
  {
    id: 'netrc',
    isPlace: true,
    hints: ['password'],
    pattern: /\blogin\s{1,8}\S{1,200}\s{1,8}password\s{1,8}([^\s«»]{1,200})/dgi,
  },
];

/** At the start of a name: `name=value`, `name: value`, `"name": "value"`, `name => value`, `--name value`. Sticky. */
export const NAMED_VALUE = new RegExp(
  `(?<dashes>-{0,2})(?<name>[A-Za-z_][\\w.-]{0,60})(?<between>["']?[ \\t]{0,3}(?:=>|[:=])[ \\t]{0,3}|[ ]{1,3})` +
    `(?:(?<quote>["'])(?<quoted>(?:(?!\\k<quote>)[^\\\\\\r\\n«»]|\\\\.){1,400})|(?<bare>${VALUE}{1,400}))`,
  'yd',
);

/** Lower-case parts of names near which `NAMED_VALUE` is tried. */
export const NAME_HINTS: readonly string[] = [
  'pass',
  'pwd',
  'secret',
  'token',
  'key',
  'auth',
  'cred',
  'cookie',
  'jwt',
  'otp',
  'dsn',
  'connection',
  'webhook',
];
