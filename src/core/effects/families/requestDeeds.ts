// What a request over HTTP or FTP does: it deletes, it sends, or it only asks. Told by method, address and body.
import { LOSSES, scanSql } from '../sql/scanSql.ts';
import type { Call } from '../types.ts';
import { words } from '../words.ts';
import { CURL } from './networkRule.ts';

/** Options of curl that carry a body. */
export const CURL_SENDS = words(
  '-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string -T --upload-file',
);

/** Clients whose first word may be the method. */
const SPEAKS_METHOD = /^(https?|xhs?|curlie|httpie)$/;

/** A header by which a server takes a POST for another method. */
const METHOD_HEADER = /^x-(http-)?method(-override)?:\s*(delete|purge)/i;

/** The last one counts where several are given. */
const method = (call: Call) =>
  (
    call.options.findLast(
      ({ name }) => /^(-X|--request|--method|-m)$/.test(name) && isMethod(call, name),
    )?.value?.value ?? ''
  ).toUpperCase();

/** `-m` is a time limit to curl and the method to lwp-request. */
const isMethod = (call: Call, name: string) => name !== '-m' || call.program === 'lwp-request';

const spokenMethod = (call: Call) =>
  SPEAKS_METHOD.test(call.program) ? (call.operands[0]?.value ?? '').toUpperCase() : '';

const DELETING_VERBS =
  'delete|destroy|purge|wipe|truncate|drop|remove|revoke|uninstall|undeploy|terminate|deactivate';
const STOPPING_VERBS =
  'kill|quit|exit|shutdown|restart|reset|reboot|stop|off|disable|archive|seal|clear|flush|prune|restore|void|cancel|refunds?|unload|drain';

/** An address whose last words say that what is posted there deletes or stops something. */
const DELETING_ADDRESS = new RegExp(
  `[/:](([\\w.-]*[-_.])?(do)?(${DELETING_VERBS}|${STOPPING_VERBS})(by\\w+|all|everything|[-_]\\w+)?|(do|safe|quiet|soft|hard|force)(delete|restart|down|reboot)|(${DELETING_VERBS})[A-Z]\\w*|_delete_by_query|_close|_restore|_cluster/settings|_cluster/reroute|flushall|flushdb|clean_tombstones|deregister(/[^/?]+)?|force-leave(/[^/?]+)?|(delete|destroy|revoke|remove)/[^/?]+)/?([?#].*)?$`,
  'i',
);

/** An address that deletes even when it is only asked for: `/admin?action=DELETE`. */
const DELETING_QUERY =
  /[?&](action|command|cmd|op|operation|method|_method)=(delete\w*|unload|drop\w*|purge\w*|remove\w*|destroy|truncate|shutdown|reset|flush\w*)\b|[?&]stream\.body=(<|%3C)delete/i;

/** A body that says so itself: a GraphQL mutation, an action called delete, a document that deletes. */
const DELETING_BODY = new RegExp(
  [
    String.raw`\bmutation\s*\w*\s*\{\s*(delete|remove|destroy|archive|purge|drop|revoke)[A-Z]\w*`,
    String.raw`["'](action|op|operation|method|command|event|type|state)["']\s*:\s*["'](delete\w*|destroy\w*|drop\w*|purge\w*|wipe\w*|remove\w*|terminate\w*|truncate\w*|flush\w*|power_off|poweroff|shutdown|rebuild|reset)["']`,
    String.raw`(^|&)(action|op|operation|command|cmd|_method)=(delete|destroy|purge|remove)\b`,
    String.raw`["']drop_(all|attr|op)["']\s*:`,
    String.raw`purge_everything|["']remove_index["']\s*:|^\s*<delete\b`,
  ].join('|'),
  'i',
);

/** What a GraphQL mutation calls, behind its keyword. */
const DELETING_FIELD =
  /\b(\w*(Delete|Remove|Destroy|Archive|Purge|Drop|Revoke)|(delete|remove|destroy|archive|purge|drop|revoke)(?!d\b)\w*)\s*[({]/i;

function mutates(text: string): boolean {
  const at = text.search(/\bmutation\b/i);
  return at >= 0 && DELETING_FIELD.test(text.slice(at));
}

/** True where the text of a request asks for something to be deleted. */
export const saysDelete = (text: string) =>
  DELETING_BODY.test(text) || mutates(text) || losesBySql(text);

/** A body or a query that is SQL, as ClickHouse, QuestDB and others take it. */
function losesBySql(text: string): boolean {
  if (!/^\s*(drop|truncate|alter|delete|update|detach|rename|optimize|kill)\s/i.test(text))
    return false;
  return scanSql(text).some(({ kind }) => LOSSES.includes(kind));
}

/** `?query=TRUNCATE%20TABLE%20a` in an address. */
function asksSqlLoss(address: string): boolean {
  const query = /[?&](query|q|sql)=([^&#]+)/i.exec(address)?.[2];
  return query !== undefined && losesBySql(query.replace(/\+|%20/g, ' '));
}

/** True where the request deletes, stops or takes back something. */
export const deletes = (call: Call) =>
  /^(DELETE|PURGE|BAN)$/.test(method(call)) ||
  /^DELETE$/.test(spokenMethod(call)) ||
  call.options.some(({ name, value }) => asksForDeletion(name, value?.value ?? '')) ||
  call.operands.some(({ value }) => /^(DELE|RMD|delete)\b/.test(value ?? '')) ||
  call.operands.some(({ value }) => DELETING_QUERY.test(value ?? '') || asksSqlLoss(value ?? '')) ||
  (sends(call) && call.operands.some(({ value }) => DELETING_ADDRESS.test(value ?? ''))) ||
  /^(DELE|RMD)/i.test(call.valueOf('-Q', '--quote')?.value ?? '');

const asksForDeletion = (name: string, value: string) =>
  (CURL_SENDS.includes(name) && saysDelete(value)) ||
  (/^(-H|--header)$/.test(name) && METHOD_HEADER.test(value));

/** `curl -G`: the data become a part of the address, and nothing is posted. */
const asksOnly = (call: Call) =>
  call.has('-G', '--get') && !call.has('-F', '--form', '--form-string', '-T', '--upload-file');

/** True where the request carries something to the other side. */
export const sends = (call: Call) =>
  /^(POST|PUT|PATCH|PURGE|MOVE|COPY|MKCOL|PROPPATCH)$/.test(method(call)) ||
  /^(POST|PUT|PATCH)$/.test(spokenMethod(call)) ||
  (CURL.includes(call.program) && call.has(...CURL_SENDS) && !asksOnly(call)) ||
  (/^wget2?$/.test(call.program) &&
    call.has('--post-data', '--post-file', '--body-data', '--body-file')) ||
  call.program === 'POST' ||
  (SPEAKS_METHOD.test(call.program) &&
    call.operands.some((word) => /^[\w.-]+(:?=|@)/.test(word.value ?? '')));
