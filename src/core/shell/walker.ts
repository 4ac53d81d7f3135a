// Walks the structure in the order in which a shell would run it, with all branches taken, and collects what would run.
// Invariant: every segment is walked at least once, whatever the conditions around it say.
import { runProgram } from './calls.ts';
import { runCompound } from './compounds.ts';
import { checkDialect, isReadAlike } from './dialects.ts';
import { withEntry } from './layeredMap.ts';
import { runAnd, runIf, runOr, runPipeline, runSequence } from './lists.ts';
import type { Program } from './program.ts';
import { readScript } from './scriptReader.ts';
import { runSegment } from './segments.ts';
import type { Source } from './source.ts';
import { blur, type ShellState } from './state.ts';
import { spanOf } from './structureSpan.ts';
import { type Structure, structureOf } from './syntax.ts';
import type { Script } from './tokens.ts';
import type {
  InlineCode,
  NotUnderstood,
  ShellContext,
  ShellParser,
  Span,
  VariableChange,
} from './types.ts';
import { both, type Draft, type Frame, inside, type Mark, type Result, type Walk } from './walk.ts';
import { WordReader } from './wordReader.ts';
import { cost, type Work } from './work.ts';

const MAX_DEPTH = 8;
/**
 * The longest lines of agents start a hundred programs. Each one costs up to a third of a millisecond in all, and a
 * line has to be judged before anybody notices.
 */
const MAX_INVOCATIONS = 200;
/** Variables whose values are followed at the same time. */
const MAX_VARIABLES = 1_000;
/** Most text that is read in all: the line, what it hands to shells, and files. */
const MAX_READ = 100_000;
/** The grammar takes quadratic time over a broken pipeline, and more programs than this are not walked anyway. */
const MAX_SEGMENTS = 400;
/** Files of tasks that are taken apart. */
const MAX_PARSED = 6;
/** Files that are looked for, whether or not they are there. */
const MAX_FILES = 100;

interface Definition {
  body: Structure;
  name: string;
  state: ShellState;
  frame: Frame;
}

/** One walk. Its lists are the result. */
export class Walker implements Walk {
  readonly invocations: Draft[] = [];
  readonly notUnderstood: NotUnderstood[] = [];
  readonly inlineCode: InlineCode[] = [];
  readonly changes: VariableChange[] = [];
  readonly lookedInto: Draft[] = [];
  readonly tasks: { draft: Draft; files: readonly string[] }[] = [];
  heredocLength = 0;
  /** Where the walk gave up; undefined where it came to its end. Loops that are walked again do not forget it. */
  endlessAt: Span | undefined;
  private read = 0;
  private readonly definitions: Definition[] = [];
  private readonly parsed = new Map<string, unknown>();
  private readonly files = new Map<string, string | undefined>();
  private readonly called = new Set<Structure>();

  constructor(
    readonly text: string,
    readonly context: ShellContext,
    private readonly parser: ShellParser,
    private readonly work: Work,
  ) {}

  add(invocation: Omit<Draft, 'id'>): Draft {
    const draft: Draft = { id: this.invocations.length, ...invocation };
    this.work.spend(cost.call);
    if (this.invocations.length < MAX_INVOCATIONS) {
      this.invocations.push(draft);
    } else if (this.notUnderstood.at(-1)?.code !== 'too-long') {
      this.report('too-long', 'The line starts too many programs.', invocation.span);
    }
    return draft;
  }

  report(code: string, why: string, span: Span): void {
    this.notUnderstood.push({ code, why, span });
  }

  mark(): Mark {
    const { invocations, notUnderstood, inlineCode, changes } = this;
    return {
      invocations: invocations.length,
      notUnderstood: notUnderstood.length,
      inlineCode: inlineCode.length,
      changes: changes.length,
    };
  }

  rollBack(mark: Mark): void {
    this.invocations.length = mark.invocations;
    this.notUnderstood.length = mark.notUnderstood;
    this.inlineCode.length = mark.inlineCode;
    this.changes.length = mark.changes;
  }

  markCalled(body: Structure): void {
    this.called.add(body);
  }

  /** Walks the definitions that nothing called: they may still be called from where we cannot see. */
  runUncalled(): void {
    for (const { body, name, state, frame } of this.definitions) {
      if (!this.called.has(body)) {
        const later = {
          ...blur(state, 'the function may be called anywhere'),
          functions: state.functions,
        };
        const calls = [...frame.calls, name];
        this.run(body, later, { ...inside(frame, `${name}()`, spanOf(body)), calls });
      }
    }
  }

  parseOnce(path: string, parse: () => unknown): unknown {
    if (!this.parsed.has(path) && this.parsed.size < MAX_PARSED) {
      this.parsed.set(path, parse());
    }
    return this.parsed.get(path);
  }

  readFile(path: string, maxBytes: number): string | undefined {
    if (!this.files.has(path) && this.files.size < MAX_FILES) {
      this.files.set(path, this.context.files?.read(path, maxBytes));
    }
    return this.files.get(path);
  }

  runProgram(program: Program): Result {
    return runProgram(this, program);
  }

  runSource(source: Source, state: ShellState, frame: Frame): Result {
    if (frame.depth > MAX_DEPTH) {
      this.report(
        'too-deep',
        'Commands are nested too deeply.',
        source.span(0, source.text.length),
      );
      return { success: state, failure: state };
    }
    this.read += source.text.length;
    if (this.read > MAX_READ || !this.work.spend(cost.text)) {
      this.endlessAt ??= source.span(0, source.text.length);
      return both(state);
    }
    const problem = checkDialect(source.text, frame.dialect)?.problem;
    if (problem && !isReadAlike(source.text)) {
      this.report(problem.code, problem.why, source.span(0, source.text.length));
    }
    const context = {
      dialect: frame.dialect,
      problems: this.notUnderstood,
      heredocLength: this.heredocLength,
      work: this.work,
      depth: 0,
      readScript,
    };
    const script = readScript(new WordReader(source, context), undefined);
    this.heredocLength = context.heredocLength;
    return this.runScript(script, state, frame);
  }

  runScript(script: Script, state: ShellState, frame: Frame): Result {
    if (this.isFull(state)) {
      this.endlessAt ??= script.source.span(script.start, script.end);
      return both(state);
    }
    const isLong = script.segments.size + script.headers.size > MAX_SEGMENTS;
    const isReadable = script.isComplete && !isLong;
    const structure = isReadable ? structureOf(script, this.parser) : undefined;
    if (structure) {
      return this.run(structure, state, frame);
    }
    if (isLong) {
      const span = script.source.span(script.start, script.end);
      this.report('too-long', 'The line holds too many commands.', span);
    } else if (script.isComplete) {
      const why = 'This is not a command line that the shell grammar accepts.';
      this.report('syntax-error', why, script.source.span(script.start, script.end));
    }
    // What was read so far is still named, so that a person sees what it might do.
    const vague = blur(state, 'the line is not understood');
    for (const segment of script.segments.values()) {
      if (this.isFull(vague)) {
        break;
      }
      runSegment(this, segment, vague, frame);
    }
    return { success: vague, failure: vague };
  }

  run(structure: Structure, state: ShellState, frame: Frame): Result {
    if (!this.work.spend(cost.step) || this.isFull(state)) {
      this.endlessAt ??= spanOf(structure);
      return both(state);
    }
    switch (structure.kind) {
      case 'segment':
        return runSegment(this, structure.segment, state, frame);
      case 'sequence':
        return runSequence(this, structure, state, frame);
      case 'and':
        return runAnd(this, structure, state, frame);
      case 'or':
        return runOr(this, structure, state, frame);
      case 'not': {
        const { success, failure } = this.run(structure.body, state, {
          ...frame,
          ignoresErrors: true,
        });
        return { success: failure, failure: success };
      }
      case 'pipeline':
        return runPipeline(this, structure.stages, state, frame);
      case 'if':
        return runIf(this, structure, state, frame);
      case 'function': {
        const { body, name } = structure;
        this.definitions.push({ body, name, state, frame });
        const entry = { bodies: [body], isCertain: true };
        const functions = withEntry(state.functions, name, entry);
        return both({ ...state, functions });
      }
      default:
        return runCompound(this, structure, state, frame);
    }
  }

  /** True where no more programs are listed, more variables set than are followed, or the budget is spent. */
  private isFull(state: ShellState): boolean {
    const hasAllCalls = this.invocations.length >= MAX_INVOCATIONS;
    return hasAllCalls || state.variables.size > MAX_VARIABLES || this.work.isSpent;
  }
}
