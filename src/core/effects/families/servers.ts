// Rules on servers that are started and stopped by their own program: nginx, caddy, haproxy, …
import { reader } from '../readRule.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { first, system } from './systemRule.ts';

/** A server's own check of its settings. */
function isServerCheck(call: Call): boolean {
  if (call.mayHaveHiddenOptions || namesSettings(call)) return false;
  if (call.program === 'haproxy') return call.has('-v') && !call.has('-D', '-W', '-p');
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

/** Settings that are not the machine's own: checking them loads the modules and runs the scripts that they name. */
const namesSettings = (call: Call) =>
  call.has('-c', '-f', '-g', '-C', '-D', '-d', '-p', '-e', '-m', '--config', '--configFile');
const checksSettings = (call: Call) =>
  namesSettings(call) &&
  (call.has('-t', '-T') ||
    /^(configtest|validate)$/.test(first(call)) ||
    call.program === 'haproxy');

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
        !checksSettings(call) &&
        !/^(stop|quit|graceful-stop|kill)$/.test(first(call)) &&
        !/^(stop|quit)$/.test(call.valueOf('-s', '-k')?.value ?? ''),
    },
    severity: 'moderate',
    why: 'It starts or reloads a server.',
    examples: { match: ['nginx', 'nginx -s reload'], noMatch: ['nginx -t', 'nginx -s stop'] },
  }),
  system({
    id: 'system/server-settings',
    programs: words('nginx apachectl apache2ctl httpd lighttpd haproxy'),
    when: { test: (call) => !isServerCheck(call) && checksSettings(call) },
    severity: 'moderate',
    why: 'It loads settings that the call names, with the modules and scripts that stand in them.',
    recovery: 'Depends on what they name.',
    alternative: 'Without the option the settings of the machine are checked.',
    examples: {
      match: ['nginx -t -c own.conf', 'haproxy -c -f x.cfg', "nginx -t -g 'load_module x.so;'"],
      noMatch: ['nginx -t', 'nginx -s reload'],
    },
  }),
  reader(
    'system/server-check',
    words('nginx apachectl apache2ctl httpd caddy lighttpd haproxy traefik'),
    { test: isServerCheck },
    {
      match: ['nginx -t', 'nginx -v', 'apachectl configtest', 'haproxy -v'],
      noMatch: ['nginx -s stop', 'nginx', 'nginx -t -c own.conf', 'haproxy -c -f x.cfg'],
    },
    'none',
  ),
];
