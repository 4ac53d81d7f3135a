// Reads SQL of any dialect far enough to say what each statement does. Not a parser: tokens, and one look per statement.
// Invariants: a statement that is not recognised is `unknown`, which counts as high; where the dialects differ about
// where a string or a comment ends, the text is read both ways and the worse reading counts.
import { lexSql, type SqlPieces } from './sqlLexer.ts';
import { metaFinding } from './sqlMeta.ts';
import { statementKind } from './sqlStatements.ts';
import { badness, type SqlDialect, type SqlFinding, type SqlToken } from './sqlTypes.ts';

export { LOSSES, type SqlFinding, type SqlKind } from './sqlTypes.ts';

const MAX_LENGTH = 200_000;
/** Most statements that are looked at; behind them anything may stand. */
const MAX_STATEMENTS = 1_000;

const STANDARD: SqlDialect = { hasBackslash: false, isMySql: false };
const STANDARD_ESCAPES: SqlDialect = { hasBackslash: true, isMySql: false };
const MYSQL: SqlDialect = { hasBackslash: true, isMySql: true };
const MYSQL_PLAIN: SqlDialect = { hasBackslash: false, isMySql: true };

/** What each statement of the text does. */
export function scanSql(text: string): readonly SqlFinding[] {
  if (text.length > MAX_LENGTH) return [{ kind: 'unknown', statement: 'a very long text' }];
  const readings = dialectsOf(text).map((dialect) => findingsOf(lexSql(text, dialect)));
  return readings.reduce((worst, reading) => (worstOf(reading) > worstOf(worst) ? reading : worst));
}

/** Only what the text contains can be read in two ways. */
function dialectsOf(text: string): readonly SqlDialect[] {
  const hasEscapes = text.includes('\\');
  const hasDoubt = /#|--|\/\*|`|\$/.test(text);
  if (!hasEscapes && !hasDoubt) return [STANDARD];
  if (!hasEscapes) return [STANDARD, MYSQL_PLAIN];
  return hasDoubt ? [STANDARD, STANDARD_ESCAPES, MYSQL, MYSQL_PLAIN] : [STANDARD, STANDARD_ESCAPES];
}

function findingsOf({ statements, metas, isOpen, isCut }: SqlPieces): readonly SqlFinding[] {
  const found: SqlFinding[] = [
    ...metas.slice(0, MAX_STATEMENTS).map(metaFinding),
    ...statements
      .slice(0, MAX_STATEMENTS)
      .map((tokens) => ({ kind: statementKind(tokens), statement: shown(tokens) })),
  ];
  if (isCut || statements.length > MAX_STATEMENTS || metas.length > MAX_STATEMENTS)
    found.push({ kind: 'unknown', statement: 'a very long text' });
  if (!isOpen) return found;
  return [...found, { kind: 'unknown', statement: 'a text that does not end' }];
}

function worstOf(findings: readonly SqlFinding[]): number {
  return Math.max(-1, ...findings.map(({ kind }) => badness(kind)));
}

/** The first words, without what stands in strings. */
function shown(tokens: readonly SqlToken[]): string {
  const words = tokens.slice(0, 6).map(({ kind, text }) => (kind === 'string' ? "'…'" : text));
  return words.join(' ').slice(0, 80);
}
