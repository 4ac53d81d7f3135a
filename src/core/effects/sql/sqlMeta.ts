// Commands of the database clients themselves: which of them only show things, and which run programs or files.
// Invariant: a command that is not listed here counts as code.
import type { MetaCommand } from './sqlLexer.ts';
import type { SqlFinding, SqlKind } from './sqlTypes.ts';

/** psql: describing, showing, formatting, ending. */
const PSQL_READS =
  /^\\(d\w*[+!]?|l[+]?|list[+]?|z|sf[+]?|sv[+]?|dt[+]?|du[+]?|h|help|\?|conninfo|x|t|a|f|H|C|pset|timing|echo|qecho|warn|encoding|q|quit|p|print|r|reset|errverbose|copyright|set|unset|if|elif|else|endif|s|lo_list|gset|gx|gdesc|crosstabview|c|connect|u|n|W|N|G|#|;|\\)$/;
/** sqlite3 and duckdb. */
const DOT_READS = new Set(
  '.tables .schema .headers .header .mode .width .databases .indexes .indices .dump .show .help .timer .nullvalue .separator .quit .exit .stats .eqp .fullschema .print .bail .echo .changes .explain .limit .lint .dbinfo .sha3sum .timeout .expert .version .progress .vfslist .maxrows .columns .rows .prompt .check .dbconfig .scanstats'.split(
    ' ',
  ),
);

/** What one client command does. */
export function metaFinding({ name, rest }: MetaCommand): SqlFinding {
  return { kind: metaKind(name, rest), statement: `${name} ${rest.trim()}`.trim().slice(0, 60) };
}

function metaKind(name: string, rest: string): SqlKind {
  // psql runs what stands in backquotes behind any of its commands.
  if (name.startsWith('\\') && rest.includes('`')) return 'code';
  const words = rest.trim();
  if (/^(\\o|\\out|\.output|\.once)$/.test(name)) return words === '' ? 'session' : 'code';
  if (/^\\(g|gx|s)$/.test(name)) return words === '' ? 'session' : 'code';
  if (name === '\\watch') return 'session';
  if (name.startsWith('.')) return DOT_READS.has(name) ? 'read' : 'code';
  return PSQL_READS.test(name) ? 'read' : 'code';
}
