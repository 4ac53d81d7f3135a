// What can be said of one SQL statement, from harmless to worst.

export type SqlKind =
  | 'session' // SET, BEGIN, USE
  | 'read'
  | 'call' // a SELECT that calls a function nobody here knows
  | 'insert'
  | 'create'
  | 'update' // with a condition that can fail
  | 'delete' // with a condition that can fail
  | 'alter'
  | 'grant'
  | 'alter-drop'
  | 'update-all'
  | 'delete-all'
  | 'truncate'
  | 'drop'
  | 'unknown'
  | 'code' // runs a program, a procedure or a file
  | 'drop-much'; // a database, a schema, a user

/** What loses rows, tables or more. */
export const LOSSES: readonly SqlKind[] = [
  'drop',
  'drop-much',
  'truncate',
  'alter-drop',
  'delete-all',
  'update-all',
];

/** From harmless to worst: where two readings of a text differ, the later one counts. */
const ORDER: readonly SqlKind[] = [
  'session',
  'read',
  'call',
  'insert',
  'create',
  'update',
  'delete',
  'alter',
  'grant',
  'alter-drop',
  'update-all',
  'delete-all',
  'truncate',
  'drop',
  'unknown',
  'code',
  'drop-much',
];

/** The worse of two kinds. */
export function worseOf(left: SqlKind, right: SqlKind): SqlKind {
  return ORDER.indexOf(right) > ORDER.indexOf(left) ? right : left;
}

/** Place of a kind in the order, for comparing whole readings. */
export function badness(kind: SqlKind): number {
  return ORDER.indexOf(kind);
}

export interface SqlFinding {
  kind: SqlKind;
  /** The statement's first words, for people: `DROP TABLE users`. */
  statement: string;
}

export interface SqlToken {
  kind: 'word' | 'string' | 'quoted' | 'number' | 'sign';
  /** As written; quoted names without their quotes. */
  text: string;
  /** Lower case, for comparing; strings stay as they are. */
  word: string;
  /** How many parentheses are open around it. */
  depth: number;
}

/** The rules of a dialect that decide where strings and comments end. */
export interface SqlDialect {
  /** `\'` inside a string is a quote (MySQL, BigQuery). */
  hasBackslash: boolean;
  /** `#` starts a comment, and `--` only before a blank (MySQL). */
  isMySql: boolean;
}
