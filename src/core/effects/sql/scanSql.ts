// Reads SQL of any dialect far enough to say what each statement does. Not a parser: a tokenizer and one look per statement.
// Invariant: a statement that is not recognised is `unknown`, which counts as high.

export type SqlKind =
  | 'read'
  | 'insert'
  | 'update' // with a condition that can fail
  | 'delete' // with a condition that can fail
  | 'update-all'
  | 'delete-all'
  | 'drop'
  | 'drop-much' // a database, a schema, a user
  | 'truncate'
  | 'alter'
  | 'alter-drop'
  | 'create'
  | 'grant'
  | 'code' // runs a program or a file
  | 'session' // SET, BEGIN, USE, EXPLAIN
  | 'unknown';

export interface SqlFinding {
  kind: SqlKind;
  /** The statement's first words, for people: `DROP TABLE users`. */
  statement: string;
}

interface SqlToken {
  text: string;
  isString: boolean;
}

const MAX_LENGTH = 200_000;

/** What each statement of the text does. */
export function scanSql(text: string): readonly SqlFinding[] {
  if (text.length > MAX_LENGTH) return [{ kind: 'unknown', statement: 'a very long text' }];
  const { meta, rest } = splitMetaCommands(text);
  const statements = split(tokenizeSql(rest));
  return [...meta, ...statements.map(classify)];
}

/** Commands of the clients themselves stand on lines of their own: `\! ls`, `.shell ls`, `source f.sql`. */
function splitMetaCommands(text: string): { meta: readonly SqlFinding[]; rest: string } {
  const meta: SqlFinding[] = [];
  const rest = text
    .split('\n')
    .map((line) => {
      const found = /^\s*(\\[a-z!?+]+|\.[a-z]+|source\b|system\b)\s*(.*)$/i.exec(line);
      if (!found) return takeInlineMeta(line, meta);
      meta.push({
        kind: metaKind(found[1] ?? '', found[2] ?? ''),
        statement: line.trim().slice(0, 60),
      });
      return '';
    })
    .join('\n');
  return { meta, rest };
}

/** psql takes `\!` behind a statement too. */
function takeInlineMeta(line: string, meta: SqlFinding[]): string {
  const found = /(?<!['\w])\\(!|copy\b|i\b|ir\b|o\b|gexec\b|g\b)/.exec(line);
  if (!found || isInString(line, found.index)) return line;
  meta.push({
    kind: found[1] === 'g' ? 'session' : 'code',
    statement: line.slice(found.index, found.index + 60),
  });
  return line.slice(0, found.index);
}

function isInString(line: string, at: number): boolean {
  return (line.slice(0, at).split("'").length - 1) % 2 === 1;
}

function metaKind(name: string, rest: string): SqlKind {
  if (
    /^(\\!|\\copy|\\i|\\ir|\\include|\\o|\\out|\\w|\\gexec|\\e|\\ef|\\setenv|\\g|\.shell|\.system|\.read|\.output|\.once|\.import|\.load|\.save|\.backup|\.restore|\.clone|\.excel|\.open|\.log|\.dump|source|system)$/i.test(
      name,
    )
  ) {
    if (/^\.dump$/i.test(name)) return 'read';
    return rest.trim() === '' && /^(\\o|\\w|\.output|\.once|\\e)$/i.test(name) ? 'session' : 'code';
  }
  return /^(\\|\.)/.test(name) ? 'read' : 'unknown';
}

/** Tokens without comments. Version comments of MySQL (`/*!50000 … *​/`) are code. */
export function tokenizeSql(text: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  const source = text
    .replace(/\/\*!\d*([\s\S]*?)\*\//g, ' $1 ')
    .replace(/\/\*M!\d*([\s\S]*?)\*\//g, ' $1 ');
  const pattern =
    /(--[^\n]*|#(?![>-])[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|([eEnNbBxX]?'(?:[^'\\]|''|\\.)*(?:'|$))|(\$([A-Za-z_]*)\$[\s\S]*?(?:\$\4\$|$))|("(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]\n]*\])|([A-Za-z_@#][\w$.@]*)|(\d[\w.]*)|(;)|(\s+)|([\s\S])/g;
  for (const found of source.matchAll(pattern)) {
    const [all, comment, string, dollar, , quoted, , , , blank] = found;
    if (comment !== undefined || blank !== undefined) continue;
    if (string !== undefined || dollar !== undefined) tokens.push({ text: all, isString: true });
    else if (quoted !== undefined) tokens.push({ text: all, isString: false });
    else tokens.push({ text: all, isString: false });
  }
  return tokens;
}

function split(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.text === ';' && !token.isString) statements.push([]);
    else if (/^go$/i.test(token.text) && (statements.at(-1)?.length ?? 0) > 1) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function classify(tokens: readonly SqlToken[]): SqlFinding {
  const words = tokens.map((token) => (token.isString ? "'…'" : token.text));
  const statement = words.slice(0, 6).join(' ').slice(0, 80);
  return { kind: kindOf(words.map((word) => word.toLowerCase())), statement };
}

function kindOf(words: readonly string[]): SqlKind {
  const [first, second] = words;
  switch (first) {
    case 'select':
    case 'table':
    case 'values':
    case '(':
      return selectKind(words);
    case 'with':
      return withKind(words);
    case 'explain':
    case 'desc':
    case 'describe':
      return words.includes('analyze') ? kindOf(words.slice(words.indexOf('analyze') + 1)) : 'read';
    case 'show':
    case 'help':
    case 'pragma':
      return first === 'pragma' && words.includes('=') ? 'alter' : 'read';
    case 'insert':
    case 'upsert':
    case 'merge':
    case 'replace':
      return first === 'insert' && !words.includes('overwrite') ? 'insert' : 'update';
    case 'update':
      return hasCondition(words) ? 'update' : 'update-all';
    case 'delete':
      return hasCondition(words) ? 'delete' : 'delete-all';
    case 'truncate':
      return 'truncate';
    case 'drop':
      return /^(database|schema|user|role|tablespace|keyspace|owned|catalog|warehouse)$/.test(
        second ?? '',
      )
        ? 'drop-much'
        : 'drop';
    case 'alter':
      if (/^(user|role|system|login|server)$/.test(second ?? '')) return 'grant';
      return words.some((word) => /^(drop|truncate|exchange|delete)$/.test(word))
        ? 'alter-drop'
        : 'alter';
    case 'create':
      if (
        words.some((word) => /^(user|role|login|server|extension)$/.test(word)) &&
        words.length > 1 &&
        /^(user|role|login|server|extension|or)$/.test(second ?? '')
      )
        return 'grant';
      return words.includes('replace') ? 'alter' : 'create';
    case 'rename':
    case 'comment':
    case 'reindex':
    case 'cluster':
    case 'optimize':
    case 'analyze':
    case 'vacuum':
    case 'refresh':
    case 'repair':
      return 'alter';
    case 'grant':
    case 'revoke':
    case 'deny':
    case 'reassign':
      return 'grant';
    case 'copy':
      return words.includes('program') ? 'code' : words.includes('from') ? 'insert' : 'code';
    case 'load':
    case 'import':
      return words.includes('data') ? 'insert' : 'code';
    case 'do':
    case 'call':
    case 'exec':
    case 'execute':
    case 'attach':
    case 'install':
    case 'shutdown':
    case 'kill':
    case 'xp_cmdshell':
      return 'code';
    case 'set':
    case 'use':
    case 'begin':
    case 'start':
    case 'commit':
    case 'rollback':
    case 'savepoint':
    case 'release':
    case 'end':
    case 'lock':
    case 'unlock':
    case 'declare':
    case 'print':
    case 'quit':
    case 'exit':
    case 'detach':
    case 'reset':
    case 'discard':
    case 'prepare':
    case 'deallocate':
    case 'fetch':
    case 'close':
      return words.includes('global') || words.includes('persist') ? 'grant' : 'session';
    default:
      return 'unknown';
  }
}

/** Functions with which a SELECT reads files, runs programs or ends others' work. */
const SELECT_CODE =
  /^(pg_(terminate_backend|cancel_backend|read_file|read_binary_file|ls_dir|reload_conf|rotate_logfile|switch_wal|promote|file_write)|lo_(export|import|unlink)|dblink(_exec|_connect)?|load_file|load_extension|sys_exec|sys_eval|xp_cmdshell|writefile|readfile|edit|setval|query_to_xml|pg_logical_emit_message|copy_to|sleep|benchmark|utl_\w+|dbms_\w+)$/;

function selectKind(words: readonly string[]): SqlKind {
  if (words.some((word, index) => SELECT_CODE.test(word) && words[index + 1] === '('))
    return 'code';
  const into = words.indexOf('into');
  if (into >= 0) return /^(outfile|dumpfile)$/.test(words[into + 1] ?? '') ? 'code' : 'create';
  return 'read';
}

function withKind(words: readonly string[]): SqlKind {
  const at = words.findIndex(
    (word) => word === 'delete' || word === 'update' || word === 'insert' || word === 'merge',
  );
  return at < 0 ? selectKind(words) : kindOf(words.slice(at));
}

/** A WHERE that can fail for some row. `1=1`, `true`, `x = x` and a trailing `or 1=1` cannot. */
function hasCondition(words: readonly string[]): boolean {
  const where = words.indexOf('where');
  if (where < 0) return words.includes('limit') && !words.includes('all');
  const rest = words.slice(where + 1).filter((word) => word !== '(' && word !== ')');
  if (rest.length === 0) return false;
  const parts = splitAt(rest, 'or');
  return parts.every((part) => !isAlwaysTrue(part));
}

function splitAt(words: readonly string[], separator: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function isAlwaysTrue(words: readonly string[]): boolean {
  if (words.includes('and')) return splitAt(words, 'and').every(isAlwaysTrue);
  const [left, operator, right] = words;
  if (words.length === 1) return /^(true|[1-9]\d*|not)$/.test(left ?? '');
  if (words.length === 2 && left === 'not') return /^(false|0)$/.test(operator ?? '');
  if (operator === 'is' && right === 'not') return words[3] === 'null';
  if (operator === 'like') return right === "'…'" ? false : false;
  if (operator === '=' && words.length === 3) return left === right && left !== "'…'";
  if (operator === '<' && right === '>')
    return /^\d+$/.test(left ?? '') && /^\d+$/.test(words[3] ?? '');
  return (
    /^\d+$/.test(left ?? '') && /^[<>!=]$/.test(operator ?? '') && /^\d+$/.test(words.at(-1) ?? '')
  );
}
