// The shapes that core/shell hands to everyone else. Only this folder knows tree-sitter's node names.
// Invariant: whatever is not represented by an invocation is covered by a `NotUnderstood` span.

/** Half-open range of UTF-16 offsets in the submission's original text. */
export interface Span {
  start: number;
  end: number;
}

/** Why a word has no constant value. */
export type DynamicCause =
  | 'variable' // $X whose value is not known
  | 'substitution' // $(…), `…`, <(…)
  | 'arithmetic'
  | 'brace' // brace expansion that was not expanded
  | 'other';

/** One piece of a word after quote removal, in order. */
export type WordPart =
  | { kind: 'literal'; value: string; quoted: boolean }
  /** Unquoted glob text such as `*`, `?`, `[a-z]`. */
  | { kind: 'glob'; value: string }
  /** A parameter whose value is not known. `fallback` is the constant of `${X:-constant}`; `isGuarded` is true for `${X:?}`, where the shell stops if it is empty. */
  | { kind: 'variable'; name: string; quoted: boolean; fallback?: string; isGuarded?: boolean }
  /** Output of a command; the command itself is its own invocation. */
  | {
      kind: 'substitution';
      text: string;
      quoted: boolean;
      /** True where it stands for one of the words that the output was split into. */
      isOneWord?: boolean;
    }
  | { kind: 'opaque'; text: string; why: string };

/** One cooked word: quotes removed, constants substituted, `~` expanded where home is known. */
export interface Word {
  /** The source text, as written. */
  text: string;
  /** The value where it is constant (glob characters kept as they are); undefined where it is dynamic. */
  value: string | undefined;
  /** Why `value` is undefined. */
  cause?: DynamicCause;
  parts: readonly WordPart[];
  /** True where an unquoted glob character is present, so the word may become several paths. */
  isGlob: boolean;
  span: Span;
}

export type RedirectOp = '<' | '>' | '>>' | '>|' | '<>' | '&>' | '&>>' | '<&' | '>&' | '<<<' | '<<';

export interface Redirect {
  op: RedirectOp;
  /** File descriptor before the operator; undefined where none is written. */
  fd?: number;
  /** The target word; for `<<` the delimiter, for `<<<` the text. */
  target: Word;
  /** The body for `<<` and `<<<`, where constant. */
  body?: string;
  span: Span;
}

export interface Assignment {
  name: string;
  value: Word | undefined;
  append: boolean;
  span: Span;
}

/** What a program reads on its standard input. */
export type Input =
  | { kind: 'inherit' }
  /** Text known before it runs: a heredoc, a here-string, `echo constant |`. */
  | { kind: 'text'; text: string; span: Span }
  /** A heredoc or here-string with parts that are not constant. */
  | { kind: 'dynamic'; why: string; span: Span }
  /** Output of the invocations with these ids (the previous pipeline stage); `file` is the one that they only hand on. */
  | { kind: 'pipe'; from: readonly number[]; file?: Word }
  | { kind: 'file'; path: Word };

/** Working directory at the moment the program starts. */
export type Cwd = { kind: 'known'; path: string } | { kind: 'unknown'; why: string };

/** Where the program runs. Paths of a remote or a container are not paths of this machine. */
export type Place =
  | { kind: 'local' }
  | { kind: 'remote'; via: string; host: string | undefined }
  | { kind: 'container'; via: string; name: string | undefined };

/** One layer between the line and an invocation, outermost first: `sudo`, `bash -c`, `$(…)`, `find -exec`, `script build.sh`. */
export interface NestingStep {
  /** What wraps, in the form a person reads: `sudo`, `bash -c`, `ssh host`, `$( )`, `npm run build`. */
  label: string;
  kind:
    | 'wrapper' // runs its operands as a program: sudo, env, timeout, xargs, find -exec
    | 'string' // runs text as shell: bash -c, eval, ssh, su -c, heredoc or pipe into a shell
    | 'substitution' // $(…), `…`, <(…), >(…)
    | 'compound' // subshell, group, loop, branch, function body
    | 'file' // looked through: a script
    | 'task' // looked through: a script of package.json, a target of make, a recipe of just
    | 'option'; // an option that runs code: git -c alias, tar --checkpoint-action
  span: Span;
}

export interface ChangedVariable {
  /** Null where it was unset; undefined where the value is not known. */
  value: string | null | undefined;
  /** False where programs get it only if they got it before. */
  isExported: boolean;
}

/** The shell's variables at one moment, as far as the line itself has changed them. */
export interface ChangedVariables {
  /** True where any other may have been changed too. */
  isVague: boolean;
  values: ReadonlyMap<string, ChangedVariable>;
}

/** A file that runs under a program's name and that an agent may have written, as the machine was looked at. */
export interface OwnFile {
  /** Absolute; as PATH or the line names it. */
  path: string;
  /** For people: relative to the workspace where it lies in there. */
  name: string;
  /** True for a tool that projects install for themselves (pytest, eslint), standing in a folder of the workspace. */
  isTool: boolean;
}

/** One program call that would (or could) run. A bare redirect or assignment is an invocation with an empty argv. */
export interface Invocation {
  /** Position in `ShellAnalysis.invocations`. */
  id: number;
  /** Cooked words; argv[0] is the program as written. Empty for bare redirects and assignments. */
  argv: readonly Word[];
  /** Last path segment of argv[0] (without a leading backslash); undefined where it is dynamic or argv is empty. */
  program: string | undefined;
  /** Set where it is no program of the system but a file that an agent may have written. */
  ownFile?: OwnFile | undefined;
  redirects: readonly Redirect[];
  /** Assignments before the program, or the whole of a bare assignment. */
  assignments: readonly Assignment[];
  input: Input;
  /** Ids of invocations that read this one's output through a pipe. */
  pipedTo: readonly number[];
  cwd: Cwd;
  place: Place;
  nesting: readonly NestingStep[];
  /** Set where this invocation only starts others that are listed themselves (`timeout 5 ls` lists both). */
  isTransparentWrapper: boolean;
  /** True under sudo, doas, su and the like. */
  isElevated: boolean;
  /** True where it does not get the variables that the line itself got (`env -i`, `exec -c`). */
  hasBareEnvironment: boolean;
  /** What the line has done to variables before it starts; undefined: nothing. */
  changed?: ChangedVariables | undefined;
  /** True where it may run any number of times: a loop's body, and wherever words are added. */
  isRepeated: boolean;
  /** True where it may get words that are not seen (`xargs`, `find -exec`, `parallel`). */
  hasUnknownOperands: boolean;
  /** Set where it is left running, or stands in a loop that never ends. */
  keepsOn?: KeepsOn;
  span: Span;
}

/**
 * `background`: the line does not wait for it. `endless`: a loop without an end runs it; `endless-background`: such a
 * loop that nobody waits for; `multiplies`: such a loop starts it in the background, again and again.
 */
export type KeepsOn = 'background' | 'endless' | 'endless-background' | 'multiplies';

/** Text that the analyser does not vouch for. Any entry means ask (I3). */
export interface NotUnderstood {
  span: Span;
  /** Stable tag: `syntax-error`, `dynamic-program`, `unsupported-construct`, `too-long`, `too-deep`, `control-character`, `shell`, `dynamic-code`, `parser-unavailable`, … */
  code: string;
  /** One plain sentence for a person. */
  why: string;
}

/** Interpreter or foreign code found in the line: `python -c`, `node -e`, awk programs, SQL goes elsewhere. */
export interface InlineCode {
  invocation: number;
  language:
    | 'python'
    | 'javascript'
    | 'perl'
    | 'ruby'
    | 'php'
    | 'awk'
    | 'sed'
    | 'lua'
    | 'r'
    | 'other';
  /** The code, where constant. */
  code: string | undefined;
  span: Span;
}

/** A variable that the line changes, where no assignment says so: `read X`, `unset X`, `for X in`, `env -u X`. */
export interface VariableChange {
  /** Undefined where it is not known which one. */
  name: string | undefined;
  /** `set`: it gets a value. `hidden`: programs that start later do not get it. */
  how: 'set' | 'hidden';
  /** The value, where it is constant. */
  value: string | undefined;
  /** Id of the invocation that does it. */
  invocation: number;
  span: Span;
}

export interface ShellAnalysis {
  text: string;
  invocations: readonly Invocation[];
  notUnderstood: readonly NotUnderstood[];
  inlineCode: readonly InlineCode[];
  changes: readonly VariableChange[];
}

export type ShellDialect = 'bash' | 'sh' | 'zsh' | 'fish' | 'powershell' | 'cmd' | 'unknown';

/** Reads small text files for look-through. `undefined` means: not there, too large, not text, or not permitted. */
export interface SourceFiles {
  read(absolutePath: string, maxBytes: number): string | undefined;
  /** The value of a text in YAML; undefined for what is none. Absent: YAML is not read. */
  parseYaml?(text: string): unknown;
  /** True where a directory is there, so that `cd` to it succeeds; undefined where it cannot be told. */
  isDirectory?(absolutePath: string): boolean | undefined;
}

/** What the analyser may know about where the line will run. Everything is a parameter; core reads no environment. */
export interface ShellContext {
  cwd: string | undefined;
  home: string | undefined;
  /** Values of variables that are known to hold in the shell that will run the line. */
  variables: Readonly<Record<string, string>>;
  dialect: ShellDialect;
  files: SourceFiles | undefined;
  /** Programs of the line that are such files, by bare name or absolute path; undefined where nobody has looked. */
  programFiles?: Readonly<Record<string, OwnFile>>;
}

/** A parsed tree behind the parser port; `core/shell` alone walks it. */
export interface SyntaxNode {
  readonly type: string;
  readonly text: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  readonly hasError: boolean;
  readonly childCount: number;
  readonly namedChildCount: number;
  readonly children: readonly (SyntaxNode | null)[];
  readonly namedChildren: readonly (SyntaxNode | null)[];
  readonly parent: SyntaxNode | null;
  child(index: number): SyntaxNode | null;
  namedChild(index: number): SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
  childrenForFieldName(name: string): readonly (SyntaxNode | null)[];
  fieldNameForChild(index: number): string | null;
}

export interface SyntaxTree {
  readonly rootNode: SyntaxNode;
  delete(): void;
}

/** Parser port: the wasm engine in the product, the native one in the parity test and the bench. */
export interface ShellParser {
  /** Never throws on bad input; undefined where the time budget ran out. */
  parse(text: string): SyntaxTree | undefined;
}
