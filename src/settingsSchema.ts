// What each setting looks like in the editor: its values, its words, its examples. Only data, used when package.json is made.
// Invariant: package.json's configuration and package.nls.json are made from this and from contributions.ts (npm run manifest).
import type { settings } from './contributions.ts';
import { ACTIONS, DIALS, RULE_KINDS, RULE_LEVELS } from './core/policy/types.ts';

type Json = Readonly<Record<string, unknown>>;

export interface SettingSchema {
  /** In plain words; Markdown. */
  description: string;
  /** JSON schema without the parts that contributions.ts holds. */
  schema: Json;
  /** For enumerations: label and sentence of each value. */
  values?: readonly { label: string; description: string }[];
}

export interface SettingSection {
  /** Last part of the key of its title in package.nls.json. */
  id: string;
  title: string;
  settings: Readonly<Partial<Record<keyof typeof settings, SettingSchema>>>;
}

const patterns = (description: string, examples: readonly string[]): SettingSchema => ({
  description,
  schema: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    uniqueItems: true,
    examples: [examples],
  },
});

const lines = { type: 'array', items: { type: 'string' } } as const;

/** The parts of a rule. `upTo` belongs to allow rules, so a workspace's rules do not have it. */
function rule(actions: readonly string[]): Json {
  const text = (description: string) => ({
    type: 'string',
    minLength: 1,
    maxLength: 500,
    description,
  });
  return {
    type: 'object',
    required: ['match', 'action'],
    additionalProperties: false,
    properties: {
      match: {
        type: 'string',
        minLength: 1,
        description:
          'The command. With kind `tokens` it is compared word by word with one program call: `*` is one word that is no option, `**` any number of words.',
      },
      kind: {
        type: 'string',
        enum: RULE_KINDS,
        enumDescriptions: [
          'Word by word with one program call. Quotes, redirects and further commands cannot ride along.',
          'The whole line, letter by letter.',
          'A regular expression that has to match all words of one program call. Looking ahead or behind and references are not possible.',
        ],
        default: 'tokens',
        description: 'How `match` is read.',
      },
      action: {
        type: 'string',
        enum: actions,
        description: 'What happens to a command that matches. deny wins over ask, ask over allow.',
      },
      ...(actions.includes('allow') && {
        upTo: {
          type: 'string',
          enum: RULE_LEVELS,
          description:
            'Highest risk level that an allow rule frees; MEDIUM where it is not given. What cannot be taken back needs it written. Nothing frees CRITICAL.',
        },
      }),
      reason: text('Shown to the person and told to the agent.'),
      cwd: text('Only where the command runs in a folder that matches this pattern.'),
      branch: text('Only on git branches that match this pattern.'),
      agent: text('Only for agents whose name matches this pattern. Agents name themselves.'),
      expires: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}',
        description: 'The last day on which the rule counts, such as 2026-12-31.',
      },
      examples: {
        type: 'object',
        additionalProperties: false,
        properties: { match: lines, noMatch: lines },
        description:
          'Command lines that the rule must and must not take. They are tried when it is loaded: an allow rule that breaks them is not used.',
      },
    },
  };
}

function rules(description: string, actions: readonly string[], examples: Json[]): SettingSchema {
  return {
    description,
    schema: {
      type: 'array',
      items: { ...rule(actions), defaultSnippets: snippets(actions) },
      examples: [examples],
    },
  };
}

/** A place that the person fills in, in the editor's snippets. */
function blank(number: number, text: string): string {
  return `\${${number}:${text}}`;
}

/** What completion offers in settings.json. */
function snippets(actions: readonly string[]): Json[] {
  const all = [
    {
      label: 'Allow a command',
      body: { match: blank(1, 'npm run *'), action: 'allow', upTo: blank(2, 'MEDIUM') },
    },
    { label: 'Ask about a command', body: { match: blank(1, 'git push **'), action: 'ask' } },
    {
      label: 'Deny a command',
      body: {
        match: blank(1, 'terraform destroy **'),
        action: 'deny',
        reason: blank(2, 'Why, and what to do instead'),
      },
    },
  ];
  return all.filter(({ body }) => actions.includes(body.action));
}

/** In the order of the settings page. */
export const settingSections: readonly SettingSection[] = [
  {
    id: 'gate',
    title: 'Gate',
    settings: {
      autoApprove: {
        description:
          'Which commands of an agent run without a question. Everything else is held until you decide. Denials and questions of `#interlock.rules#` always win.',
        schema: { type: 'string', enum: DIALS },
        values: [
          {
            label: 'Listed',
            description: 'Only commands that a rule allows run without a question.',
          },
          {
            label: 'Read only',
            description:
              'Also commands that are proved to only read and those that only add to the local git history (`git add`, `git commit -m`, a new branch, `git fetch`).',
          },
          {
            label: 'Contained',
            description:
              'Also reversible changes inside the workspace, and its own tests, builds and checkers. Their code may do more than their names say.',
          },
        ],
      },
      rules: rules(
        'Your own rules, added to the shipped ones (`git status **`, `ls **`, `cat **`, `npm test`). Every program of a line must be allowed; deny wins over ask, ask over allow. Only your user settings count. *Interlock: Test Rules* shows which rule takes a command.',
        ACTIONS,
        [
          {
            match: 'npm run *',
            action: 'allow',
            examples: { match: ['npm run lint'], noMatch: ['npm run lint --fix'] },
          },
          { match: 'git push **', action: 'ask', branch: 'release/**' },
          { match: 'terraform destroy **', action: 'deny', reason: 'Ask the platform team.' },
        ],
      ),
      workspaceRules: rules(
        'Rules that a workspace adds. They can ask and deny, never allow.',
        ACTIONS.filter((action) => action !== 'allow'),
        [{ match: 'npm publish **', action: 'deny', reason: 'Releases are made by the build.' }],
      ),
      timeoutSeconds: {
        description:
          'Seconds (30 to 600) that a command waits for your answer. After that it is not run, and the agent is told that nobody answered, not that you refused. `0` waits for ever.',
        schema: { type: 'integer', minimum: 0, maximum: 600 },
      },
      observe: {
        description:
          'A trial: commands are read, scored and recorded, but not held. The status bar and the panel say so as long as it is on. Even then a CRITICAL command waits for you, a rule that denies still denies, and nothing runs after *Stop Agent* or while commands cannot be read at all.',
        schema: { type: 'boolean' },
      },
    },
  },
  {
    id: 'stakes',
    title: 'What Is at Stake',
    settings: {
      protectedPaths: patterns(
        'Patterns of paths whose change is always high risk, such as `**/migrations/**`. Added to the built-in ones.',
        ['**/migrations/**'],
      ),
      disposablePaths: patterns(
        'Patterns of paths that may be lost, such as `**/coverage/**`. Added to the built-in build outputs and caches.',
        ['**/coverage/**'],
      ),
      protectedBranches: patterns(
        'Patterns of git branches whose history others rely on, such as `release/**`. Added to the built-in `main` and `master`.',
        ['release/**'],
      ),
      production: patterns(
        'Patterns of hosts, databases, clusters and projects that are production, such as `*prod*`.',
        ['*prod*'],
      ),
    },
  },
  {
    id: 'records',
    title: 'Records',
    settings: {
      retentionDays: {
        description:
          'Days after which the record of a session is deleted. `0` keeps everything. Each deletion is itself recorded, so that it stays provable what was there. Sessions that do not verify are never deleted by themselves.',
        schema: { type: 'integer', minimum: 0 },
      },
      retentionMegabytes: {
        description:
          'Megabytes that all records of a workspace may take; above that the oldest are deleted. `0` sets no limit. Sessions of the last 7 days are always kept.',
        schema: { type: 'integer', minimum: 0 },
      },
      otlpEndpoint: {
        description:
          'Address of an OpenTelemetry collector that gets every recorded event (OTLP over HTTP), such as `http://localhost:4318`. Empty: nothing is sent. Secrets are removed before. When the collector cannot be reached, events wait on disk; commands never wait for it. A bearer token is set with *Interlock: Set Token for Log Export…*, which keeps it in the secret storage; other headers are taken from the environment variable `OTEL_EXPORTER_OTLP_HEADERS`.',
        schema: { type: 'string' },
      },
      recordingOnFailure: {
        description:
          'What happens to a command whose output and keys cannot be recorded, such as on a full disk. The log of decisions is always needed, whatever stands here.',
        schema: { type: 'string', enum: ['deny', 'warn'] },
        values: [
          { label: 'Deny', description: 'A command that cannot be recorded does not run.' },
          {
            label: 'Warn',
            description: 'It runs without a recording, after the log and you were told.',
          },
        ],
      },
      recordingMegabytes: {
        description:
          'Output of one command that is recorded, in megabytes from its start. Of more only the last 64 kB are kept, and the recording says how much is missing.',
        schema: { type: 'number', minimum: 1, maximum: 256 },
      },
    },
  },
];
