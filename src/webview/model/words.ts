// All words of the panel about levels, effects and places. Sentences about single events are in eventWords.ts.
import type { Level, Questions } from '../../core/risk/types.ts';
import type { RecordedAssessment } from '../../core/session/events.ts';

type Effect = RecordedAssessment['effects'][number];

export interface Word {
  text: string;
  /** Name of a codicon. */
  icon: string;
}

const LEVEL_ICONS: Readonly<Record<Level, string>> = {
  LOW: 'pass',
  MEDIUM: 'info',
  HIGH: 'warning',
  CRITICAL: 'error',
};

const VERBS: Readonly<Record<Effect['verb'], Word>> = {
  read: { text: 'Reads', icon: 'eye' },
  create: { text: 'Creates', icon: 'new-file' },
  modify: { text: 'Changes', icon: 'edit' },
  overwrite: { text: 'Overwrites', icon: 'replace' },
  delete: { text: 'Deletes', icon: 'trash' },
  'execute-code': { text: 'Runs code', icon: 'play' },
  send: { text: 'Sends', icon: 'cloud-upload' },
  'change-config': { text: 'Changes settings', icon: 'settings' },
  'rewrite-history': { text: 'Rewrites history', icon: 'history' },
  'destroy-infrastructure': { text: 'Destroys infrastructure', icon: 'server' },
  escalate: { text: 'Gains rights', icon: 'key' },
  'tamper-gate': { text: 'Touches this gate', icon: 'shield' },
  unknown: { text: 'Not known', icon: 'question' },
};

const PLACES: Readonly<Record<string, string>> = {
  workspace: 'in the workspace',
  'workspace-root': 'the whole workspace',
  outside: 'outside the workspace',
  home: 'home directory',
  root: 'top of the file system',
  system: 'system files',
  device: 'a device',
  temporary: 'temporary files',
  disposable: 'build output or cache',
  protected: 'protected',
  secret: 'secrets',
  startup: 'runs by itself later',
  gate: 'part of this gate',
  sink: 'nothing is kept',
  unknown: 'place not known',
};

const CATEGORIES: Readonly<Record<string, string>> = {
  'read-only': 'Read-only',
  'config-change': 'Config change',
  'data-mutation': 'Data mutation',
  infrastructure: 'Infrastructure',
  'history-rewrite': 'History rewrite',
};

export function isGrave(level: Level): boolean {
  return level === 'HIGH' || level === 'CRITICAL';
}

export function levelIcon(level: Level): string {
  return LEVEL_ICONS[level];
}

export function verbWord({ verb }: Effect): Word {
  return VERBS[verb];
}

/** Kind and place of a target: `branch`, `path, outside the workspace`. */
export function targetWords({ target }: Effect): string {
  const place = target.place === undefined ? undefined : (PLACES[target.place] ?? target.place);
  const kind = target.kind === 'none' ? undefined : target.kind;
  return [kind, place].filter((word) => word !== undefined).join(', ');
}

export function categoryWords(category: string): string {
  return CATEGORIES[category] ?? category;
}

/** What a person has to know in one second, from the answers to the three questions. */
export function stakes({ reversible, sharedState }: Questions): string[] {
  const back = {
    no: 'cannot be undone',
    unknown: 'may not be undoable',
    yes: reversible.isHard ? 'can be undone only with effort' : undefined,
  }[reversible.answer];
  const reach = {
    yes: 'reaches what others use',
    unknown: 'may reach what others use',
    no: undefined,
  }[sharedState.answer];
  return [back, reach].filter((words) => words !== undefined);
}

export interface QuestionWords {
  question: string;
  answer: 'Yes' | 'No' | 'Not known' | 'Only with effort';
  why: string;
  tone: 'good' | 'bad' | 'neutral';
}

/** The three questions as rows. Not known is never shown as good. */
export function questionRows({ reversible, needsPerson, sharedState }: Questions): QuestionWords[] {
  return [
    row(
      'Can it be undone?',
      reversible,
      reversible.answer === 'yes' && !reversible.isHard ? 'good' : 'bad',
    ),
    row(
      'Does a person have to decide?',
      needsPerson,
      needsPerson.answer === 'no' ? 'good' : 'neutral',
    ),
    row(
      'Does it reach what others use?',
      sharedState,
      sharedState.answer === 'no' ? 'good' : 'bad',
    ),
  ];
}

/** `1 command`, `2 commands`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function row(
  question: string,
  { answer, isHard, why }: Questions['reversible'],
  tone: QuestionWords['tone'],
): QuestionWords {
  return {
    question,
    answer: ({ yes: isHard ? 'Only with effort' : 'Yes', no: 'No', unknown: 'Not known' } as const)[
      answer
    ],
    why,
    tone,
  };
}
