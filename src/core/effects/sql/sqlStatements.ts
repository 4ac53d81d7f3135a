// One statement in, its kind out, by its first words and by what stands inside of it.
import { hasCondition } from './sqlConditions.ts';
import { selectKind } from './sqlSelects.ts';
import { type SqlKind, type SqlToken, worseOf } from './sqlTypes.ts';

/** Most statements inside of one; with more of them it is not known what it does. */
const MAX_HEADS = 40;

/** What a statement does, together with what is hidden in it: CTEs, and T-SQL without `;`. */
export function statementKind(tokens: readonly SqlToken[]): SqlKind {
  const inner = heads(tokens);
  const own = inner.length > MAX_HEADS ? worseOf('unknown', headKind(tokens)) : headKind(tokens);
  return inner
    .slice(0, MAX_HEADS)
    .reduce((worst, at) => worseOf(worst, headKind(tokens.slice(at))), own);
}

/** Where another statement may start inside of this one. */
function heads(tokens: readonly SqlToken[]): readonly number[] {
  return tokens.flatMap((token, index) =>
    index > 0 &&
    token.kind === 'word' &&
    isHead(token, tokens[index - 1], tokens[index + 1]) &&
    !isWithinDdl(tokens)
      ? [index]
      : [],
  );
}

/** GRANT DELETE ON …, ALTER … DROP, CREATE RULE … DO DELETE: there the words are no statements of their own. */
function isWithinDdl(tokens: readonly SqlToken[]): boolean {
  return /^(grant|revoke|deny|alter|create|comment|insert|merge|replace|show|explain|describe)$/.test(
    tokens[0]?.word ?? '',
  );
}

function isHead(
  token: SqlToken,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
): boolean {
  const next = after?.word ?? '';
  switch (token.word) {
    case 'drop':
      return /^(table|database|schema|view|index|user|role|procedure|function|column|materialized|sequence|trigger|type|login|if)$/.test(
        next,
      );
    case 'truncate':
      return next === 'table' || (before?.text !== '.' && after?.kind !== 'sign');
    case 'delete':
      return (
        next === 'from' || before?.text === '(' || before?.text === ')' || before?.word === 'as'
      );
    case 'update':
      return (
        !/^(for|on|do|key|of)$/.test(before?.word ?? '') &&
        (after?.kind === 'word' || after?.kind === 'quoted') &&
        next !== 'set' &&
        next !== 'skip' &&
        next !== 'nowait' &&
        next !== 'of'
      );
    case 'insert':
    case 'merge':
      return next === 'into';
    case 'exec':
    case 'execute':
      return after !== undefined && after.text !== ')' && before?.word !== 'as';
    default:
      return false;
  }
}

type Reader = (tokens: readonly SqlToken[]) => SqlKind;

/** Statements whose words have to be looked at. A map, because a text may well start with `__proto__`. */
const HEADS: ReadonlyMap<string, Reader> = new Map<string, Reader>(
  Object.entries({
    explain: explainKind,
    desc: explainKind,
    describe: explainKind,
    update: (tokens) => (hasCondition(tokens) ? 'update' : 'update-all'),
    delete: (tokens) => (hasCondition(tokens) ? 'delete' : 'delete-all'),
    insert: (tokens) => (second(tokens) === 'overwrite' ? 'update-all' : 'insert'),
    merge: mergeKind,
    drop: dropKind,
    alter: alterKind,
    create: createKind,
    copy: copyKind,
    pragma: pragmaKind,
    set: setKind,
    reset: (tokens) =>
      /^(master|slave|replica|binary|query|persist)$/.test(second(tokens)) ? 'drop' : 'session',
    detach: (tokens) =>
      /^(table|view|dictionary|partition)$/.test(second(tokens)) ? 'alter-drop' : 'session',
    vacuum: (tokens) => (has(tokens, 'into') ? 'code' : 'alter'),
    load: (tokens) => (has(tokens, 'data') ? 'insert' : 'code'),
    restore: () => 'drop-much',
  } satisfies Record<string, Reader>),
);

const KINDS: ReadonlyMap<string, SqlKind> = new Map<string, SqlKind>(
  (
    [
      ['read', 'show help list ls exists summarize check checksum'],
      [
        'session',
        'use begin start commit rollback savepoint release end lock unlock declare print quit exit prepare deallocate fetch close abort discard listen unlisten waitfor if while else return go timing checkpoint open apply cache uncache',
      ],
      ['insert', 'upsert replace import put'],
      [
        'alter',
        'rename comment reindex cluster optimize analyze refresh repair flush notify undrop move clone',
      ],
      ['grant', 'grant revoke deny reassign security'],
      ['truncate', 'truncate empty'],
      ['drop', 'purge remove rm undo'],
      [
        'code',
        'do call exec execute attach install shutdown kill system source export unload backup dbcc bulk handler xp_cmdshell sp_executesql get uninstall',
      ],
    ] as const
  ).flatMap(([kind, text]) => text.split(' ').map((word) => [word, kind] as const)),
);

function headKind(tokens: readonly SqlToken[]): SqlKind {
  const [first] = tokens;
  if (!first) return 'session';
  if (first.text === '(') return headKind(tokens.filter((token) => token.text !== '('));
  if (first.kind !== 'word')
    return first.kind === 'sign' && /^[/@?$,)]$/.test(first.text) ? 'session' : 'unknown';
  if (/^(select|table|values|with|from)$/.test(first.word)) return selectKind(tokens);
  return HEADS.get(first.word)?.(tokens) ?? KINDS.get(first.word) ?? 'unknown';
}

const second = (tokens: readonly SqlToken[]) => tokens[1]?.word ?? '';
const has = (tokens: readonly SqlToken[], ...words: string[]) =>
  tokens.some((token) => token.kind === 'word' && words.includes(token.word));

/** EXPLAIN only plans, unless ANALYZE makes it run what it explains. */
function explainKind(tokens: readonly SqlToken[]): SqlKind {
  if (!has(tokens.slice(0, 8), 'analyze', 'analyse')) return 'read';
  const inner = tokens.findIndex(
    (token, index) =>
      index > 0 &&
      token.kind === 'word' &&
      /^(select|insert|update|delete|with|merge|create|values|execute|declare|table|refresh)$/.test(
        token.word,
      ),
  );
  return inner < 0 ? 'read' : statementKind(tokens.slice(inner));
}

function mergeKind(tokens: readonly SqlToken[]): SqlKind {
  return has(tokens, 'delete') ? 'delete-all' : 'update';
}

const MUCH =
  /^(database|schema|user|role|tablespace|keyspace|owned|catalog|warehouse|login|account|share|server|namespace)$/;

function dropKind(tokens: readonly SqlToken[]): SqlKind {
  return MUCH.test(second(tokens)) ? 'drop-much' : 'drop';
}

function alterKind(tokens: readonly SqlToken[]): SqlKind {
  if (/^(user|role|system|login|server)$/.test(second(tokens))) return 'grant';
  const loses = tokens.some((token, index) => {
    if (token.kind !== 'word') return false;
    if (/^(truncate|exchange|delete|detach|swap|discard)$/.test(token.word)) return true;
    if (token.word === 'update') return second(tokens) === 'table' && index > 2;
    return (
      token.word === 'drop' &&
      !/^(not|default|expression|identity)$/.test(tokens[index + 1]?.word ?? '')
    );
  });
  return loses ? 'alter-drop' : 'alter';
}

function createKind(tokens: readonly SqlToken[]): SqlKind {
  const replaces = second(tokens) === 'or' && tokens[2]?.word === 'replace';
  const what =
    tokens
      .slice(replaces ? 3 : 1)
      .find(({ word }) => !/^(temp|temporary|global|local|transient|unlogged|external)$/.test(word))
      ?.word ?? '';
  if (/^(user|role|login|server|extension|subscription|assembly|library)$/.test(what))
    return 'grant';
  if (/^(trigger|rule|event)$/.test(what)) return 'alter';
  if (!replaces) return 'create';
  return /^(table|database|schema|dictionary|stage)$/.test(what) ? 'drop' : 'alter';
}

function copyKind(tokens: readonly SqlToken[]): SqlKind {
  if (has(tokens, 'program')) return 'code';
  const to = tokens.findIndex((token) => token.depth === 0 && token.word === 'to');
  if (to >= 0 && tokens[to + 1]?.word === 'stdout') {
    const inner = tokens.slice(1, to).filter((token) => token.depth > 0);
    return inner.length > 0 ? statementKind(inner) : 'read';
  }
  return has(tokens, 'from') && to < 0 ? 'insert' : 'code';
}

const PRAGMA_READS =
  /^(table_info|table_xinfo|table_list|index_list|index_info|index_xinfo|foreign_key_list|foreign_key_check|integrity_check|quick_check|database_list|collation_list|function_list|module_list|pragma_list|compile_options|stats|show_tables|database_size|version)$/;

/** `PRAGMA name` shows; `PRAGMA name = value` and `PRAGMA name(value)` set. */
function pragmaKind(tokens: readonly SqlToken[]): SqlKind {
  if (tokens.some((token) => token.text === '=')) return 'alter';
  const name = (second(tokens).split('.').at(-1) ?? '').toLowerCase();
  if (PRAGMA_READS.test(name)) return 'read';
  return tokens.some((token) => token.text === '(') ||
    /^(optimize|wal_checkpoint|incremental_vacuum|shrink_memory|writable_schema)$/.test(name)
    ? 'alter'
    : 'read';
}

function setKind(tokens: readonly SqlToken[]): SqlKind {
  return has(tokens.slice(0, 4), 'global', 'persist', 'password', 'role', 'authorization')
    ? 'grant'
    : 'session';
}
