// The entry: one command line in, everything that it would run out.
// Invariant: never throws; what is not represented by an invocation is covered by a `NotUnderstood` span.
import { checkDialect } from './dialects.ts';
import { MAX_HEREDOC_LENGTH } from './heredocs.ts';
import { originalSource } from './source.ts';
import { changedTasks, distrustStale } from './staleFiles.ts';
import { initialState } from './state.ts';
import type { NotUnderstood, ShellAnalysis, ShellContext, ShellParser } from './types.ts';
import { Walker } from './walker.ts';
import { Work } from './work.ts';

/** Longest line, heredoc bodies not counted, in UTF-16 units. */
const MAX_LENGTH = 20_000;

// C0, C1 and DEL except newline and tab: typed into a terminal they edit or submit the line, and the reader cannot see them.
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** Analyses one command line as the shell of `context` would run it. Never throws; anything that goes wrong is a `NotUnderstood`. `work` counts its steps. */
export function analyzeShell(
  text: string,
  parser: ShellParser | undefined,
  context: ShellContext,
  work = new Work(),
): ShellAnalysis {
  if (!parser) {
    return refused(text, 'parser-unavailable', 'The shell grammar could not be loaded.');
  }
  try {
    return analyze(text, parser, context, work);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(text, 'internal-error', `The analysis failed: ${message}`);
  }
}

function analyze(
  text: string,
  parser: ShellParser,
  context: ShellContext,
  work: Work,
): ShellAnalysis {
  const limit = text.includes('<<') ? MAX_LENGTH + MAX_HEREDOC_LENGTH : MAX_LENGTH;
  if (text.length > limit) {
    return refused(text, 'too-long', 'The line is too long to be read.');
  }
  const dialect = checkDialect(text, context.dialect);
  if (dialect?.isWhole) {
    return unread(text, dialect.problem);
  }
  const control = CONTROL.exec(text);
  // Each one is read as the end of a line, so that what stands behind it is still named.
  const readable = control ? text.replace(new RegExp(CONTROL, 'g'), '\n') : text;
  const walker = new Walker(text, context, parser, work);
  if (dialect) {
    walker.notUnderstood.push(dialect.problem);
  }
  if (control) {
    walker.notUnderstood.push(controlProblem(control));
  }
  walker.runSource(originalSource(readable), initialState(context), {
    dialect: context.dialect,
    nesting: [],
    place: { kind: 'local' },
    isElevated: false,
    hasBareEnvironment: false,
    isRepeated: false,
    getsWords: false,
    input: { kind: 'inherit' },
    depth: 0,
    calls: [],
    ignoresErrors: false,
    isInTask: false,
  });
  walker.runUncalled();
  distrustStale(walker.lookedInto, walker.invocations);
  walker.notUnderstood.push(...changedTasks(walker.tasks, walker.invocations));
  if (walker.endlessAt) {
    walker.report('too-long', 'The line takes too many steps to be read.', walker.endlessAt);
  }
  if (text.length - walker.heredocLength > MAX_LENGTH) {
    walker.report('too-long', 'The line is too long to be read.', { start: 0, end: text.length });
  }
  const { invocations, notUnderstood, inlineCode, changes } = walker;
  return { text, invocations, notUnderstood, inlineCode, changes };
}

function controlProblem(control: RegExpExecArray): NotUnderstood {
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'control-character',
    why: `The line holds the control character U+${code}, which nobody sees. Write it as an escape, such as $'\\x${code.slice(2).toLowerCase()}'.`,
    span: { start: control.index, end: control.index + 1 },
  };
}

function refused(text: string, code: string, why: string): ShellAnalysis {
  const span = { start: 0, end: text.length };
  return unread(text, { code, why, span });
}

function unread(text: string, problem: NotUnderstood): ShellAnalysis {
  return { text, invocations: [], notUnderstood: [problem], inlineCode: [], changes: [] };
}
