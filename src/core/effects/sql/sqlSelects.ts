// What a SELECT does beyond reading: it writes to a table or a file, or calls functions that do.
// Invariant: a function that is not listed as computing only makes the SELECT a `call`, never a `read`.
import { words } from '../words.ts';
import type { SqlKind, SqlToken } from './sqlTypes.ts';

/** Functions with which a SELECT reads files, runs programs or ends others' work. */
const RUNS =
  /^(pg_(terminate_backend|cancel_backend|read_file|read_binary_file|ls_\w+|reload_conf|rotate_logfile|switch_wal|promote|file_\w+|drop_replication_slot|wal_replay_\w+|create_restore_point|stop_backup|backup_stop)|lo_\w+|dblink\w*|load_file|load_extension|sys_exec|sys_eval|xp_\w+|sp_\w+|writefile|edit|query_to_xml\w*|table_to_xml\w*|pg_logical_\w+|copy_to|benchmark|utl_\w+|dbms_\w+|openrowset|opendatasource|openquery|system\$\w+|url|s3|remote|cluster|executable|postgresql|mysql|drop_chunks|http_\w+|citus_\w+|run_command_on_\w+)$/;

/** Words before `(` that are no functions. */
const GRAMMAR = new Set(
  words(`
    in values and or not exists any all some on as over filter within using from where select by case when then else
    union intersect except join lateral interval with distinct having limit offset partition range rows between like
    ilike is returning set into key unique references check default varchar char character numeric decimal nvarchar
    nchar float bit varbinary binary timestamp time datetime2 left right inner outer cross full natural if recursive
    materialized window asc desc top order group sets rollup cube grouping array row unnest table only set
  `),
);

/** Functions that only compute, of all dialects that agents meet. */
const COMPUTES = new Set(
  words(`
    count sum avg min max coalesce nullif greatest least abs ceil ceiling floor round trunc truncate mod power pow sqrt
    exp ln log log10 log2 sign random rand pi degrees radians sin cos tan asin acos atan atan2 width_bucket
    length len char_length character_length octet_length bit_length lower upper initcap trim ltrim rtrim btrim substr
    substring replace regexp_replace regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_instr
    regexp_extract regexp_split_to_array regexp_split_to_table position strpos instr locate concat concat_ws format lpad
    rpad repeat reverse split_part split translate ascii chr char unicode quote quote_ident quote_literal quote_nullable
    md5 sha1 sha2 sha224 sha256 sha384 sha512 digest encode decode hex unhex to_hex to_base64 from_base64 soundex
    levenshtein similarity starts_with ends_with string_agg group_concat array_agg listagg json_agg jsonb_agg
    json_object_agg jsonb_object_agg json_build_object jsonb_build_object json_build_array jsonb_build_array
    json_extract json_extract_path json_extract_path_text jsonb_extract_path jsonb_extract_path_text json_value json_query
    json_array_length jsonb_array_length json_each jsonb_each json_each_text jsonb_each_text json_object json_array
    json_array_elements jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_type json_typeof
    jsonb_typeof json_valid json_keys json_object_keys jsonb_object_keys json_tree jsonb_pretty jsonb_set to_json to_jsonb
    row_to_json array_to_json array_length array_to_string string_to_array array_position array_append array_cat
    array_remove cardinality generate_series generate_subscripts unnest bool_and bool_or every bit_and bit_or
    now current_timestamp current_date current_time localtime localtimestamp clock_timestamp statement_timestamp
    transaction_timestamp timeofday date time datetime timestamp date_trunc date_part extract age make_date make_interval
    make_timestamp to_char to_date to_timestamp to_number date_format date_add date_sub dateadd datediff datepart
    datename date_diff strftime julianday unixepoch unix_timestamp from_unixtime str_to_date timestampdiff timestampadd
    year quarter month week day hour minute second dayofweek dayofyear weekday dayname monthname last_day getdate
    getutcdate sysdate sysdatetime curdate curtime utc_timestamp justify_days isfinite convert_tz timezone
    cast try_cast convert try_convert safe_cast typeof pg_typeof iif if ifnull isnull nvl nvl2 decode choose
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
    percentile_cont percentile_disc mode stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop
    approx_count_distinct uniq uniqexact quantile any argmax argmin total changes printf glob last_insert_rowid
    version current_database current_schema current_schemas current_user session_user user database schema
    current_setting inet_server_addr inet_server_port inet_client_addr pg_size_pretty pg_database_size pg_table_size
    pg_total_relation_size pg_relation_size pg_indexes_size pg_get_viewdef pg_get_functiondef pg_get_indexdef
    pg_get_constraintdef pg_get_triggerdef pg_get_ruledef pg_get_expr pg_get_userbyid pg_get_serial_sequence
    pg_postmaster_start_time pg_is_in_recovery pg_backend_pid pg_blocking_pids pg_stat_get_activity pg_table_is_visible
    pg_encoding_to_char pg_last_wal_replay_lsn pg_current_wal_lsn pg_wal_lsn_diff pg_tablespace_location obj_description
    col_description format_type has_table_privilege has_schema_privilege has_database_privilege to_regclass to_regtype
    txid_current_snapshot pragma_table_info pragma_index_list pragma_table_list sqlite_version uuid gen_random_uuid
    uuid_generate_v4 newid connection_id row_count found_rows last_insert_id object_id object_name db_name
    serverproperty columnproperty scope_identity struct tuple map flatten parse_json object_construct array_size
    countif countdistinct sumif avgif tostring toint32 toint64 todate todatetime tostartofday tostartofhour
    st_distance st_area st_within st_contains st_astext st_asgeojson st_x st_y st_makepoint st_setsrid to_tsvector
    to_tsquery plainto_tsquery websearch_to_tsquery ts_rank ts_headline
  `),
);

/** What a SELECT, VALUES or TABLE statement does. */
export function selectKind(tokens: readonly SqlToken[]): SqlKind {
  const into = tokens.findIndex((token) => token.kind === 'word' && token.word === 'into');
  if (into >= 0)
    return /^(outfile|dumpfile)$/.test(tokens[into + 1]?.word ?? '') ? 'code' : 'create';
  let kind: SqlKind = 'read';
  tokens.forEach((token, index) => {
    if (tokens[index + 1]?.text !== '(' || (token.kind !== 'word' && token.kind !== 'quoted'))
      return;
    const called = kindOfCall(token, tokens[index - 1], isCteName(tokens, index));
    if (called === 'code' || (called === 'call' && kind === 'read')) kind = called;
  });
  return kind;
}

function kindOfCall(token: SqlToken, before: SqlToken | undefined, isCte: boolean): SqlKind {
  const pieces = token.word.split('.');
  const name = pieces.at(-1) ?? '';
  if (RUNS.test(name)) return 'code';
  if (isCte || (token.kind === 'word' && GRAMMAR.has(token.word))) return 'read';
  // The columns behind an alias: `(VALUES (1)) AS t(a)`.
  if (before?.word === 'as' || before?.text === ')') return 'read';
  const isSystem =
    pieces.length === 1 || /^(pg_catalog|sys|information_schema)$/.test(pieces[0] ?? '');
  return isSystem && before?.text !== '.' && COMPUTES.has(name) ? 'read' : 'call';
}

/** `WITH name (columns) AS (…)`. */
function isCteName(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1]?.word ?? '';
  if (!/^(with|recursive|,)$/.test(before)) return false;
  const open = tokens[index + 1];
  const close = tokens.findIndex(
    (token, at) => at > index + 1 && token.text === ')' && token.depth === open?.depth,
  );
  return close > 0 && tokens[close + 1]?.word === 'as';
}
