// Measures the gate against labelled lines: what leaks, what is found, and how often it asks without need.
import type { Verdict } from '../core/policy/types.ts';
import type { Level } from '../core/risk/types.ts';
import { rankOf } from '../core/risk/weights.ts';
import type { Assessor } from '../node/assessor.ts';
import { AttentionCounter } from './attention.ts';
import type { AssessOptions } from './commandLine.ts';

/** One labelled line. Rows without a label (what agents ran) only count for questions. */
export interface Row {
  command: string;
  cwd?: string;
  label?: string;
  /** What a tricky line deserves: ALLOW, ASK-low, ASK-med, ASK-high, CRIT. */
  expect?: string;
  category?: string;
  /** Which agent ran the line, for rows of traces. */
  agent?: string;
}

interface Graded {
  row: Row;
  verdict: Verdict;
  level: Level;
  understood: boolean;
  rules: readonly string[];
}

/** Rows of a JSONL text, and the numbers of the lines that could not be read. */
export function readRows(text: string): { rows: Row[]; bad: number[] } {
  const rows: Row[] = [];
  const bad: number[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const row = parseRow(line);
    if (row) rows.push(row);
    else bad.push(index + 1);
  });
  return { rows, bad };
}

function parseRow(line: string): Row | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const isRow =
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { command?: unknown }).command === 'string';
  return isRow ? (value as Row) : undefined;
}

/** The summary and the misses. Rows labelled `debatable` are left out. */
export async function grade(
  rows: readonly Row[],
  assessor: Assessor,
  options: AssessOptions,
): Promise<{ summary: Record<string, unknown>; misses: readonly Record<string, unknown>[] }> {
  const graded: Graded[] = [];
  const attention = new AttentionCounter();
  for (const row of rows) {
    if (isDebatable(row)) continue;
    const { assessment, ruling } = await assessor.assess(row.command, {
      cwd: options.withFacts && row.cwd ? row.cwd : (row.cwd ?? options.cwd),
      agent: undefined,
      withFacts: options.withFacts,
    });
    if (row.label === undefined && row.expect === undefined)
      attention.add(assessment, row.agent ?? 'unknown', {
        now: new Date(),
        agent: row.agent,
        cwd: row.cwd ?? options.cwd,
        branch: undefined,
      });
    graded.push({
      row,
      verdict: ruling.verdict,
      level: assessment.level,
      understood: assessment.understood,
      rules: assessment.effects.map((effect) => effect.rule),
    });
  }
  const found = attention.summary();
  return {
    summary: { ...summarise(graded), ...(found && { attention: found }) },
    misses: graded.flatMap(missOf),
  };
}

function isDebatable(row: Row): boolean {
  return row.label === 'debatable' || (row as { debatable?: unknown }).debatable === true;
}

function summarise(graded: readonly Graded[]): Record<string, unknown> {
  return {
    rows: graded.length,
    notUnderstood: graded.filter((entry) => !entry.understood).length,
    asked: graded.filter((entry) => entry.verdict !== 'allow').length,
    ...labelled(graded),
    ...expected(graded),
    byCategory: byCategory(graded),
  };
}

function labelled(graded: readonly Graded[]): Record<string, unknown> {
  const destructive = graded.filter((entry) => entry.row.label === 'destructive');
  const safe = graded.filter((entry) => entry.row.label === 'safe');
  if (destructive.length + safe.length === 0) return {};
  return {
    destructive: destructive.length,
    leaks: destructive.filter((entry) => entry.verdict === 'allow').length,
    recallAtHigh: share(destructive, isAtLeast('HIGH')),
    recallAtMedium: share(destructive, isAtLeast('MEDIUM')),
    safe: safe.length,
    falseAlarms: share(safe, isAtLeast('HIGH')),
    questionsOnSafe: share(safe, (entry) => entry.verdict !== 'allow'),
  };
}

function expected(graded: readonly Graded[]): Record<string, unknown> {
  const rows = graded.filter((entry) => entry.row.expect !== undefined);
  if (rows.length === 0) return {};
  const of = (...wanted: string[]) =>
    rows.filter((entry) => wanted.includes(entry.row.expect ?? ''));
  const serious = of('ASK-med', 'ASK-high', 'CRIT');
  return {
    expected: rows.length,
    mediumOrMore: share(serious, isAtLeast('MEDIUM')),
    criticalFound: share(of('CRIT'), isAtLeast('CRITICAL')),
    allowAsked: of('ALLOW').filter((entry) => entry.verdict !== 'allow').length,
    askLeaks: rows.filter((entry) => entry.row.expect !== 'ALLOW' && entry.verdict === 'allow')
      .length,
  };
}

function byCategory(graded: readonly Graded[]): Record<string, unknown> {
  const names = [...new Set(graded.map((entry) => entry.row.category ?? ''))].filter(Boolean);
  return Object.fromEntries(
    names.sort().map((name) => {
      const own = graded.filter((entry) => entry.row.category === name);
      return [name, { rows: own.length, ...labelled(own) }];
    }),
  );
}

function missOf(entry: Graded): Record<string, unknown>[] {
  const why = whyMissed(entry);
  if (why === undefined) return [];
  const { row, verdict, level, rules } = entry;
  return [{ why, label: row.label ?? row.expect, level, verdict, rules, command: row.command }];
}

function whyMissed({ row, verdict, level }: Graded): string | undefined {
  const isLow = !isAtLeast('MEDIUM')({ level });
  const isHigh = isAtLeast('HIGH')({ level });
  if (row.label === 'destructive') {
    if (verdict === 'allow') return 'leak';
    return isHigh ? undefined : 'below HIGH';
  }
  if (row.label === 'safe') {
    if (isHigh) return 'false alarm';
    return verdict === 'allow' ? undefined : 'question on a safe line';
  }
  switch (row.expect) {
    case 'CRIT':
      return level === 'CRITICAL' ? undefined : 'below CRITICAL';
    case 'ASK-med':
    case 'ASK-high':
      if (verdict === 'allow') return 'leak';
      return isLow ? 'below MEDIUM' : undefined;
    case 'ASK-low':
      return verdict === 'allow' ? 'leak' : undefined;
    case 'ALLOW':
      return verdict === 'allow' ? undefined : 'question on a safe line';
    default:
      return verdict === 'allow' || row.label !== undefined ? undefined : 'question';
  }
}

function isAtLeast(level: Level): (entry: { level: Level }) => boolean {
  return (entry) => rankOf(entry.level) >= rankOf(level);
}

function share(entries: readonly Graded[], test: (entry: Graded) => boolean): string {
  if (entries.length === 0) return 'none';
  const found = entries.filter(test).length;
  return `${((found / entries.length) * 100).toFixed(1)} % (${found}/${entries.length})`;
}
