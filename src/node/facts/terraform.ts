// Which workspace and which state an infrastructure tool means, from its words, its variables and its working folder.
// Invariant: of a backend's settings only where the state lies is kept, never a key.
import * as path from 'node:path';
import type { Fact } from '../../core/risk/types.ts';
import { type CallWord, optionWords, variableOf } from './callWords.ts';
import { environmentFact } from './environmentFact.ts';
import type { FactSource, FactsContext, Subject } from './types.ts';

const TERRAFORM = /^(terraform|tofu|terragrunt)$/;
const OTHERS =
  /^(pulumi|cdk|cdktf|serverless|sls|sst|ansible|ansible-playbook|sam|amplify|copilot)$/;

export const terraformSource: FactSource = {
  name: 'the workspace of the infrastructure',
  main: 'environment.class',
  concerns: ({ effect, call }) =>
    TERRAFORM.test(call.program) || (effect.severity !== 'none' && OTHERS.test(call.program)),
  lookUp: async (subjects, { context }) =>
    subjects.flatMap((subject) => aboutInfrastructure(subject, context)),
};

function aboutInfrastructure(subject: Subject, context: FactsContext): readonly Fact[] {
  const isTerraform = TERRAFORM.test(subject.call.program);
  const found = isTerraform ? readTerraform(subject, context) : readOther(subject, context);
  const { index } = subject;
  const facts: Fact[] = [];
  const say = (id: Fact['id'], value: string, text: string, how: string) =>
    facts.push({ id, effect: index, value, text, how });
  const { workspace, backend, names, doubt } = found;
  if (workspace)
    say(
      'terraform.workspace',
      workspace.text,
      `The workspace is ${workspace.text}.`,
      workspace.how,
    );
  if (backend)
    say('terraform.backend', backend.text, `The state is kept in ${backend.text}.`, backend.how);
  const place = {
    title: workspace ? `The workspace ${workspace.text}` : 'This infrastructure',
    names: [workspace, backend, ...names].filter((name) => name !== undefined),
    isLocal: false,
    doubt,
  };
  return [...facts, environmentFact(index, place, context.production, context.hostname)];
}

interface Found {
  workspace: CallWord | undefined;
  backend: CallWord | undefined;
  names: readonly CallWord[];
  doubt: string | undefined;
}

function readTerraform(subject: Subject, context: FactsContext): Found {
  const start = subject.folder;
  const away = chdirOf(subject);
  if (start === undefined || away === null)
    return {
      workspace: undefined,
      backend: undefined,
      names: [],
      doubt: 'the folder in which it works is not known.',
    };
  const folder = path.resolve(start, away);
  const data = variableOf(subject, 'TF_DATA_DIR', context)?.text ?? '.terraform';
  const read = (name: string) => context.files.read(path.resolve(folder, data, name), 256 * 1024);
  const variable = variableOf(subject, 'TF_WORKSPACE', context);
  const chosen = read('environment')?.trim();
  const workspace = variable ?? {
    text: chosen || 'default',
    how: chosen ? `${data}/environment` : 'no workspace is chosen',
  };
  const files = optionWords(subject, ['-var-file', '--var-file'], context);
  const doubt = variable?.open ?? files.find((word) => word.open !== undefined)?.open;
  return {
    workspace,
    backend: backendOf(read('terraform.tfstate')),
    names: [...files, ...segmentsOf(folder, context)],
    doubt,
  };
}

/** `-chdir=DIR`; null where it is not constant. */
function chdirOf({ call }: Subject): string | null {
  for (const word of call.invocation.argv.slice(1)) {
    const text = word.value ?? (word.parts[0]?.kind === 'literal' ? word.parts[0].value : '');
    if (!/^--?chdir=/.test(text)) continue;
    return word.value === undefined ? null : word.value.slice(word.value.indexOf('=') + 1);
  }
  return '.';
}

/** Names of the folders below the workspace: `envs/prod` says what it is. */
function segmentsOf(folder: string, context: FactsContext): readonly CallWord[] {
  const roots = context.workspaceRoots.length > 0 ? context.workspaceRoots : [context.cwd];
  const root = roots.find((place) => !path.relative(place, folder).startsWith('..'));
  const way = root === undefined ? path.basename(folder) : path.relative(root, folder);
  return way
    .split('/')
    .filter(Boolean)
    .map((text) => ({ text, how: 'the folder in which it works' }));
}

const PLACE_KEYS = [
  'bucket',
  'key',
  'prefix',
  'container_name',
  'storage_account_name',
  'organization',
  'hostname',
  'address',
  'path',
  'region',
];

/** `s3 bucket acme-prod key app.tfstate`; undefined where no backend was set up in this folder. */
function backendOf(text: string | undefined): CallWord | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Half written or no state file: nothing is known of the backend.
    return undefined;
  }
  const backend = (
    value as { backend?: { type?: unknown; config?: Record<string, unknown> } } | null
  )?.backend;
  if (typeof backend?.type !== 'string') return undefined;
  const places = PLACE_KEYS.flatMap((key) => {
    const entry = backend.config?.[key];
    return typeof entry === 'string' && entry !== ''
      ? [`${key} ${entry.replace(/\/\/[^@/]*@/, '//')}`]
      : [];
  });
  return { text: [backend.type, ...places].join(' '), how: '.terraform/terraform.tfstate' };
}

/** Tools that name their stage or stack in their words. */
function readOther(subject: Subject, context: FactsContext): Found {
  const stack = optionWords(
    subject,
    ['-s', '--stack', '--stage', '--env', '-e', '-i', '--inventory', '-l', '--limit'],
    context,
  );
  const variables = ['PULUMI_STACK', 'SLS_STAGE', 'STAGE', 'AWS_PROFILE']
    .map((name) => variableOf(subject, name, context))
    .filter((word) => word !== undefined);
  const operands = subject.call.operands
    .slice(1)
    .map((word) => ({ text: word.value ?? '', how: 'its words' }))
    .filter(({ text }) => text !== '');
  const open = stack.find((word) => word.open !== undefined)?.open;
  const [workspace] = stack;
  const isNamed = stack.length + variables.length > 0;
  return {
    workspace: workspace?.open === undefined ? workspace : undefined,
    backend: undefined,
    names: [...stack, ...variables, ...operands],
    doubt: open ?? (isNamed ? undefined : 'no stage or stack is named.'),
  };
}
