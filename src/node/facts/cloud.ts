// Which account, project and region a cloud client means, from its words, its variables and its configuration.
// Invariant: credential files are never read; what is kept are names and numbers of accounts, no keys.
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, inHome, optionWords, variableOf } from './callWords.ts';
import { readIni } from './configText.ts';
import { hostOfUrl } from './connectionUrl.ts';
import { areLocal, environmentFact } from './environmentFact.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

interface Found {
  profile?: CallWord | undefined;
  project?: CallWord | undefined;
  region?: CallWord | undefined;
  /** More texts that may tell the environment. */
  names: readonly CallWord[];
  isLocal: boolean;
  doubt?: string | undefined;
}

type Client = (subject: Subject, context: FactsContext) => Found;

const AWS = /^(aws|awslocal|sam|eksctl|eb|copilot|ecs-cli|s5cmd|aws-nuke)$/;
const GOOGLE = /^(gcloud|gsutil|bq)$/;

export const cloudSource: FactSource = {
  name: "the cloud client's configuration",
  main: 'environment.class',
  concerns: ({ effect, call }) =>
    /^(cloud|databases\/bq)/.test(effect.rule) ||
    AWS.test(call.program) ||
    GOOGLE.test(call.program),
  lookUp: async (subjects, { context }) =>
    subjects.flatMap((subject) => aboutCloud(subject, context)),
};

function clientOf(program: string): Client {
  if (AWS.test(program)) return aws;
  if (GOOGLE.test(program)) return google;
  return program === 'az' ? azure : hosting;
}

function aboutCloud(subject: Subject, context: FactsContext): readonly Fact[] {
  const { index, call } = subject;
  const found = clientOf(call.program)(subject, context);
  const isHere = call.invocation.place.kind === 'local';
  const facts: Fact[] = [];
  const say = (id: Fact['id'], word: CallWord | undefined, what: string) => {
    if (word && word.open === undefined)
      facts.push({
        id,
        effect: index,
        value: word.text,
        text: `The ${what} is ${word.text}.`,
        how: word.how,
      });
  };
  say('cloud.profile', found.profile, 'profile');
  say('cloud.project', found.project, 'project or account');
  say('cloud.region', found.region, 'region');
  const words = [found.profile, found.project, ...found.names].filter((word) => word !== undefined);
  const open = words.find((word) => word.open !== undefined)?.open;
  const title = found.project ?? found.profile;
  const place = {
    title:
      title && title.open === undefined
        ? `${title.text} (${call.program})`
        : `The account of ${call.program}`,
    names: words.filter((word) => word.open === undefined),
    isLocal: found.isLocal && isHere,
    doubt: isHere ? (found.doubt ?? open) : 'it runs on another machine.',
  };
  return [...facts, environmentFact(index, place, context.production, context.hostname)];
}

function aws(subject: Subject, context: FactsContext): Found {
  const variable = (name: string) => variableOf(subject, name, context);
  const option = (...names: string[]) => optionWords(subject, names, context).at(-1);
  const profile = option('--profile') ??
    variable('AWS_PROFILE') ??
    variable('AWS_DEFAULT_PROFILE') ?? { text: 'default', how: 'no profile is named' };
  const file = variable('AWS_CONFIG_FILE')?.text ?? inHome(subject, context, '.aws/config');
  const ini = readIni(context.files.read(file, 256 * 1024) ?? '');
  const section = ini.get(`profile ${profile.text}`) ?? ini.get(profile.text);
  const how = `profile ${profile.text} in ~/.aws/config`;
  const account =
    section?.get('sso_account_id') ?? /::(\d{12}):/.exec(section?.get('role_arn') ?? '')?.[1];
  const region = option('--region') ?? variable('AWS_REGION') ?? variable('AWS_DEFAULT_REGION');
  const own = section?.get('region');
  const endpoint = option('--endpoint-url') ?? variable('AWS_ENDPOINT_URL');
  const host = endpoint && hostOfUrl(endpoint.text);
  const hasKeys = variable('AWS_ACCESS_KEY_ID') !== undefined && option('--profile') === undefined;
  const names = [
    section?.get('sso_account_name'),
    section?.get('role_arn')?.split('/').at(-1),
    section?.get('sso_session'),
  ];
  return {
    profile,
    project: account === undefined ? undefined : { text: account, how },
    region: region ?? (own === undefined ? undefined : { text: own, how }),
    names: [
      ...names.filter((text) => text !== undefined).map((text) => ({ text, how })),
      ...targetNames(subject),
    ],
    isLocal: host !== undefined && areLocal([host]),
    doubt: hasKeys ? 'keys in the environment choose the account, not a profile.' : undefined,
  };
}

function google(subject: Subject, context: FactsContext): Found {
  const variable = (name: string) => variableOf(subject, name, context);
  const option = (...names: string[]) => optionWords(subject, names, context).at(-1);
  const folder = variable('CLOUDSDK_CONFIG')?.text ?? inHome(subject, context, '.config/gcloud');
  const active = context.files.read(path.join(folder, 'active_config'), 4096)?.trim() || 'default';
  const profile = option('--configuration') ??
    variable('CLOUDSDK_ACTIVE_CONFIG_NAME') ?? { text: active, how: 'active_config of gcloud' };
  const file = path.join(folder, 'configurations', `config_${path.basename(profile.text)}`);
  const ini = readIni(context.files.read(file, 64 * 1024) ?? '');
  const how = `configuration ${profile.text} of gcloud`;
  const own = (section: string, key: string) => {
    const text = ini.get(section)?.get(key);
    return text === undefined ? undefined : { text, how };
  };
  const project =
    option('--project', '--project_id') ??
    variable('CLOUDSDK_CORE_PROJECT') ??
    variable('GOOGLE_CLOUD_PROJECT') ??
    own('core', 'project');
  const region =
    option('--region', '--zone', '--location') ??
    variable('CLOUDSDK_COMPUTE_REGION') ??
    own('compute', 'region');
  return { profile, project, region, names: targetNames(subject), isLocal: false };
}

function azure(subject: Subject, context: FactsContext): Found {
  const option = (...names: string[]) => optionWords(subject, names, context).at(-1);
  const folder =
    variableOf(subject, 'AZURE_CONFIG_DIR', context)?.text ?? inHome(subject, context, '.azure');
  const text = context.files.read(path.join(folder, 'azureProfile.json'), 1024 * 1024);
  const chosen = option('--subscription')?.text;
  const known = subscriptionOf(text, chosen);
  const how = chosen === undefined ? 'default subscription in ~/.azure' : '--subscription';
  const name = known ?? chosen;
  const group = option('-g', '--resource-group');
  return {
    project: name === undefined ? undefined : { text: name, how },
    region: option('-l', '--location'),
    names: [...(group ? [group] : []), ...targetNames(subject)],
    isLocal: false,
  };
}

/** Name of the chosen subscription, or of the default one. */
function subscriptionOf(text: string | undefined, chosen: string | undefined): string | undefined {
  let value: unknown;
  try {
    // The client writes a byte order mark.
    value = JSON.parse((text ?? '{}').replace(/^\uFEFF/, ''));
  } catch {
    // Half written: nothing is known.
    return undefined;
  }
  const list = (value as { subscriptions?: unknown } | null)?.subscriptions;
  const entries = (Array.isArray(list) ? list : []) as {
    name?: unknown;
    id?: unknown;
    isDefault?: unknown;
  }[];
  const entry = entries.find(({ name, id, isDefault }) =>
    chosen === undefined ? isDefault === true : name === chosen || id === chosen,
  );
  return typeof entry?.name === 'string' ? entry.name : undefined;
}

/** Hosting clients name an app and a stage in their words. */
function hosting(subject: Subject, context: FactsContext): Found {
  const { call } = subject;
  const words = optionWords(
    subject,
    [
      '-a',
      '--app',
      '-e',
      '--env',
      '--environment',
      '--stage',
      '--context',
      '--project',
      '--remote',
      '-r',
      '-p',
      '--site',
      '--scope',
      '--profile',
      '--target',
    ],
    context,
  );
  const flags = ['--prod', '--production']
    .filter((flag) => call.has(flag))
    .map((flag) => ({ text: 'production', how: flag }));
  const variables = [
    'HEROKU_APP',
    'FLY_APP',
    'RAILWAY_ENVIRONMENT',
    'VAULT_ADDR',
    'CONSUL_HTTP_ADDR',
    'NOMAD_ADDR',
    'ARGOCD_SERVER',
  ]
    .map((name) => variableOf(subject, name, context))
    .filter((word) => word !== undefined)
    .map((word) => ({ ...word, text: hostOfUrl(word.text) ?? word.text }));
  const names = [...words, ...flags, ...variables, ...targetNames(subject)];
  const doubt = names.length === 0 ? 'nothing names an account.' : undefined;
  return { project: words[0], names, isLocal: false, doubt };
}

/** Names of the things themselves: `acme-prod-db` says what it is. */
function targetNames({ call }: Subject): readonly CallWord[] {
  return call.invocation.argv
    .slice(1)
    .map((word) => word.value ?? '')
    .filter((text) => text !== '' && text.length < 200 && !/^--?[\w-]+$/.test(text))
    .map((text) => ({ text: text.replace(/^--?[\w-]+=/, ''), how: 'its words' }));
}
