// Rules on servers that are started and stopped by their own program: nginx, caddy, haproxy, …
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, system } from './systemRule.ts';

/** A server's own check of its settings. */
function isServerCheck(call: Call): boolean {
  if (call.mayHaveHiddenOptions) return false;
  if (call.program === 'haproxy') return call.has('-c', '-v', '-V') && !call.has('-D', '-W', '-p');
  if (
    /^(configtest|fullstatus|status|validate|version|healthcheck|list-modules|environ)$/.test(
      first(call),
    )
  )
    return true;
  return (
    call.operands.length === 0 &&
    call.has('-t', '-T', '-v', '-V', '-S', '-M') &&
    !call.has('-s', '-k')
  );
}

/** Rules on servers. */
export const serverRules: readonly Rule[] = [
  system({
    id: 'system/service-off',
    programs: words(
      'nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik squid unit unitd',
    ),
    when: {
      test: (call) =>
        /^(stop|quit|graceful-stop|kill)$/.test(first(call)) ||
        /^(stop|quit)$/.test(call.valueOf('-s', '-k')?.value ?? '') ||
        (call.program === 'haproxy' && call.has('-st', '-sf')),
    },
    why: 'It stops a server: {target}.',
    recovery: 'Start the server again.',
    examples: {
      match: ['nginx -s stop', 'apachectl stop', 'caddy stop'],
      noMatch: ['nginx -t', 'nginx -s reload', 'apachectl configtest'],
    },
  }),
  system({
    id: 'system/service-run',
    programs: words('nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik'),
    when: {
      test: (call) =>
        !isServerCheck(call) &&
        !/^(stop|quit|graceful-stop|kill)$/.test(first(call)) &&
        !/^(stop|quit)$/.test(call.valueOf('-s', '-k')?.value ?? ''),
    },
    severity: 'moderate',
    why: 'It starts or reloads a server.',
    examples: { match: ['nginx', 'nginx -s reload'], noMatch: ['nginx -t', 'nginx -s stop'] },
  }),
  reader(
    'system/server-check',
    words('nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik'),
    { test: isServerCheck },
    {
      match: ['nginx -t', 'nginx -v', 'apachectl configtest', 'haproxy -c -f x.cfg'],
      noMatch: ['nginx -s stop', 'nginx'],
    },
    'none',
  ),
];
