// What a call would do to what, and the data form in which rules say so.
// Invariant: a program that no rule knows has the effect `unknown`; "no rule" never means "safe".
import type { Cwd, Invocation, ShellContext, Span, Word } from '../shell/types.ts';

export type Verb =
  | 'read'
  | 'create'
  | 'modify'
  | 'overwrite'
  | 'delete'
  | 'execute-code'
  | 'send'
  | 'change-config'
  | 'rewrite-history'
  | 'destroy-infrastructure'
  | 'escalate'
  | 'tamper-gate'
  | 'unknown';

/** The taxonomy row (requirements X1–X5). What the table does not name takes the row of its worst plausible effect. */
export type Category =
  | 'read-only'
  | 'config-change'
  | 'data-mutation'
  | 'infrastructure'
  | 'history-rewrite';

/** How bad the effect is before its target and the facts are looked at. The numbers are in risk/weights.ts. */
export type Severity =
  | 'none' // only reads, nothing secret
  | 'minor' // reversible local change, build or test of the workspace's own code
  | 'moderate' // configuration, installs, unknown programs
  | 'serious' // loses work or data, runs foreign code, reaches shared state
  | 'severe' // loses much, or much of what others rely on
  | 'extreme'; // loses everything there, or disables the gate

/** How far the effect reaches when it goes wrong. */
export type Reach = 'nothing' | 'workspace' | 'machine' | 'shared';

export type Reversibility = 'yes' | 'effort' | 'no' | 'unknown';

/** Where a path lies. `unknown` is never treated as safe. */
export type PathPlace =
  | 'workspace'
  | 'workspace-root' // the whole workspace, its .git, or a parent of it
  | 'outside'
  | 'home' // the home directory itself or a parent of it
  | 'root' // `/` or a direct child of it
  | 'system' // /etc, /usr, /boot, … and what lies in them
  | 'device'
  | 'temporary' // below /tmp, $TMPDIR
  | 'disposable' // build output, caches, by pattern
  | 'protected' // by the user's or our patterns
  | 'secret' // keys, credentials, .env
  | 'startup' // shell start-up files, cron, services, git hooks: what runs later by itself
  | 'gate' // Interlock's settings, rules, hooks, logs, sockets, extension
  | 'sink' // /dev/null, /dev/stdout, /dev/tty, file descriptors
  | 'unknown';

export type TargetKind =
  | 'path'
  | 'repository'
  | 'branch'
  | 'database'
  | 'cluster'
  | 'infrastructure'
  | 'container'
  | 'host'
  | 'process'
  | 'package'
  | 'service'
  | 'setting'
  | 'url'
  | 'program'
  | 'none';

export interface Target {
  kind: TargetKind;
  /** What a person reads: `origin/main`, `~/notes`, `table users on db.example`. */
  name: string;
  /** For paths: where it lies. */
  place?: PathPlace;
  /** For paths: absolute, normalised, globs kept; undefined where unknown. */
  path?: string;
  isGlob?: boolean;
  /** Details that facts and risk need, such as `remote`, `branch`, `host`, `database`, `url`, `context`, `namespace`, `statement`. Never a secret. */
  detail?: Readonly<Record<string, string>>;
}

/** One effect of one invocation. */
export interface Effect {
  rule: string;
  verb: Verb;
  category: Category;
  severity: Severity;
  reversible: Reversibility;
  reach: Reach;
  target: Target;
  /** Id of the invocation. */
  invocation: number;
  /** The offending text. */
  span: Span;
  /** One sentence: what would happen and why that matters. */
  reason: string;
  recovery: string;
  alternative?: string;
}

/** How a program's words are to be read as options and operands. One per program, in its family's file. */
export interface ProgramSyntax {
  programs: readonly string[];
  /** Words of subcommand after the program: git 1, aws 2 (default 0). They may stand after global options. */
  subcommandDepth?: number;
  /** True where a first word `+name` chooses a toolchain and is no subcommand (cargo). */
  takesToolchain?: boolean;
  /**
   * True where the first operand is the deed: `kubectl get`. Behind an option of which it is not known whether it takes
   * a value (`--x get delete`) that word may be the value, and then it proves nothing.
   */
  hasVerb?: boolean;
  /** Options that take a value, everywhere in the call: `-C`, `--git-dir`. Short ones may have it glued. */
  valueOptions?: readonly string[];
  /** Options with a value that stand before the subcommand; those are named with a `^` in front: `^-c`. */
  globalValueOptions?: readonly string[];
  /** True where `--no-x` takes an earlier `--x` back (git). */
  acceptsNegation?: boolean;
  /** More options with a value, by subcommand path: `{ push: ['-o', '--repo'] }`. */
  subcommandValueOptions?: Readonly<Record<string, readonly string[]>>;
  /** Long options whose value may be any text, also one that is not known: `--author="$X"`. */
  freeOptions?: readonly string[];
  /** Known long options without a value, so that an abbreviation can be told from another option. */
  flags?: readonly string[];
  /** False where the program does not accept abbreviated long options (default true). */
  abbreviates?: boolean;
  /** True where options have one dash and many letters (`find -delete`, `terraform -auto-approve`): no bundles. */
  singleDashLong?: boolean;
  /** Options behind which the words of another command stand up to `;` or `+`: they are no options of this program. */
  commandOptions?: readonly string[];
  /** Words with a dash in front that are no options: `-x` of chmod is a mode. */
  dashedOperand?: RegExp;
  /** True where the first operand ends the options (`ssh host cmd`, `env`): default false. */
  stopsAtOperand?: boolean;
}

/** An option as it was found. `name` is the canonical spelling where an abbreviation was resolved. */
export interface ParsedOption {
  name: string;
  value: Word | undefined;
  word: Word;
}

/** An invocation read by its program's syntax. */
export interface Call {
  invocation: Invocation;
  program: string;
  /** Subcommand words, constant ones only: ['remote', 'set-url']. */
  subcommand: readonly string[];
  options: readonly ParsedOption[];
  operands: readonly Word[];
  /** True where a word that is not constant might be an option or the subcommand. */
  mayHaveHiddenOptions: boolean;
  /** True where the first operand may be the value of the option before it. */
  isVerbUnsure: boolean;
  cwd: Cwd;
  /** True where one of the names is present, in any spelling that the program accepts. */
  has(...names: string[]): boolean;
  /** Value of the first of the named options that is present. */
  valueOf(...names: string[]): Word | undefined;
  /** What `compute` finds in this call: computed once, because many rules ask the same. It has to be pure. */
  once<T>(compute: (call: Call, context: EffectContext) => T, context: EffectContext): T;
}

/** What a condition on operands may ask. */
export type OperandTest =
  | { place: readonly PathPlace[] }
  | { equals: readonly string[] }
  /** minimatch on the constant value. */
  | { pattern: readonly string[] }
  | { dynamic: true };

/** When a rule applies. Everything that is given must hold. */
export interface Condition {
  /** Any of these subcommand paths; `*` is one word, `**` any number: `push`, `remote set-url`, `compute ** delete`. */
  subcommand?: readonly string[];
  /** At least one of these options, in any spelling. */
  any?: readonly string[];
  /** All of these options. */
  all?: readonly string[];
  /** None of these options; does not hold where a word could hide one (`mayHaveHiddenOptions`). */
  none?: readonly string[];
  /** Only these options may be present: the form for read-only proofs of programs that can also write. */
  only?: readonly string[];
  operands?: { min?: number; max?: number; some?: OperandTest; every?: OperandTest };
  /** Escape hatch for logic: pure and total. */
  test?(call: Call, context: EffectContext): boolean;
}

export type TargetPicker =
  | 'none'
  | 'operands' // every operand as a path
  | 'first' // first operand as a path
  | 'last' // last operand as a path
  | 'rest' // every operand but the first as a path
  | 'all-but-last'
  | { option: readonly string[]; kind: TargetKind }
  | { kind: TargetKind; operand: number }
  | { kind: TargetKind; name: string }
  | ((call: Call, context: EffectContext) => readonly Target[]);

export interface RuleExamples {
  match: readonly string[];
  noMatch: readonly string[];
}

/** A rule is data. Ids are `family/what`, kebab-case, never renumbered. */
export interface Rule {
  id: string;
  programs: readonly string[];
  when: Condition;
  verb: Verb;
  category: Category;
  severity: Severity;
  reversible: Reversibility;
  reach: Reach;
  target: TargetPicker;
  /** One sentence for a tired person. May contain `{target}`. */
  why: string;
  recovery: string;
  alternative?: string;
  examples: RuleExamples;
}

export interface Family {
  name: string;
  /** One line for docs/rules.md. */
  about: string;
  syntax: readonly ProgramSyntax[];
  rules: readonly Rule[];
}

/** What effects may know of the machine and the user's settings. All values are parameters. */
export interface EffectContext {
  shell: ShellContext;
  /** Absolute paths of the workspace folders; empty where there is none (then cwd counts as the workspace). */
  workspaceRoots: readonly string[];
  isCaseInsensitiveDisk: boolean;
  /** minimatch patterns from settings, added to the built-in ones. */
  protectedPaths: readonly string[];
  disposablePaths: readonly string[];
  protectedBranches: readonly string[];
  /** Absolute paths that belong to the gate: settings, logs, sockets, extension. */
  gatePaths: readonly string[];
  /** Processes that the gate lives in and by: the extension host and its parent. */
  gateProcesses?: readonly number[];
  /** Real paths found by the node layer for paths in the line; missing entry: not looked up. `null`: could not be resolved. */
  realPaths?: Readonly<Record<string, string | null>>;
  /** What was seen of the folders in which programs are looked for, where an agent may write in some; undefined: in none. */
  ownFolders?: OwnFolders;
}

/** Folders of PATH that an agent may write in. */
export interface OwnFolders {
  /** Absolute, by every name that leads there. */
  paths: readonly string[];
  /** Files in them that run in the place of a program that other programs start: `.venv/bin/ssh`. */
  standIns: readonly string[];
}
