// The network: fetching, sending, running what was fetched, opening doors.
import type { Family } from '../types.ts';
import { words } from '../words.ts';
import { connectionRules } from './connections.ts';
import { fetchingRules } from './fetching.ts';
import { keyRules } from './keys.ts';
import { CURL } from './networkRule.ts';
import { remoteShellRules } from './remoteShells.ts';

export const networkFamily: Family = {
  name: 'network',
  about: 'Fetching, sending, running what was fetched, remote copies, tunnels and open doors.',
  syntax: [
    {
      programs: CURL,
      valueOptions: words(
        '-X --request -d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string -T --upload-file -o --output -H --header -u --user -A --user-agent -b --cookie -c --cookie-jar -e --referer -m --max-time --connect-timeout --retry --retry-delay -w --write-out -x --proxy -K --config -E --cert --key --cacert --capath -Q --quote -r --range -y -Y -z --url --resolve --limit-rate --interface -D --dump-header --unix-socket --ciphers --output-dir -P -C --stderr --trace --trace-ascii --abstract-unix-socket --alt-svc --aws-sigv4 --cert-type --connect-to --continue-at --create-file-mode --crlfile --curves --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --engine --etag-compare --etag-save --expect100-timeout --ftp-account --ftp-alternative-to-user --ftp-method --ftp-port --happy-eyeballs-timeout-ms --haproxy-clientip --hostpubmd5 --hostpubsha256 --hsts --ipfs-gateway --keepalive-time --key-type --krb --libcurl --local-port --login-options --mail-auth --mail-from --mail-rcpt --max-filesize --max-redirs --netrc-file --noproxy --oauth2-bearer --pass --pinnedpubkey --preproxy --proto --proto-default --proto-redir -U --proxy-user --proxy-header --proxy-cacert --proxy-cert --proxy-key --proxy-pass --proxy1.0 --pubkey --quic-interface --rate --request-target --retry-max-time --sasl-authzid --service-name --socks4 --socks4a --socks5 --socks5-hostname --speed-limit --speed-time -t --telnet-option --tftp-blksize --time-cond --tls-max --tls13-ciphers --tlspassword --tlsuser --trace-config --url-query --variable',
      ),
      abbreviates: false,
    },
    {
      programs: words('wget wget2'),
      valueOptions: words(
        '-O --output-document -o --output-file -P --directory-prefix -U --user-agent --header --post-data --post-file --method --body-data --body-file -t --tries -T --timeout -e --execute -i --input-file -a -A -R -D -l --level --user --password --limit-rate --use-askpass',
      ),
      flags: ['--spider'],
    },
    {
      programs: words('http https httpie xh xhs aria2c axel lynx w3m'),
      valueOptions: words('-o --output -d --dir -a --auth -x -s --session'),
      abbreviates: false,
    },
    {
      programs: ['lwp-request', 'GET', 'POST'],
      valueOptions: words('-m -b -t -i -c -C -H -o'),
      abbreviates: false,
    },
    {
      programs: ['ping', 'ping6'],
      abbreviates: false,
      valueOptions: words('-c -i -W -w -s -t -I -l -m -M -p -Q -S -T'),
    },
    {
      programs: words('scp sftp'),
      valueOptions: words('-P -i -o -F -l -S -c -J -D -X'),
      abbreviates: false,
    },
    {
      programs: words('nc ncat netcat nc.openbsd nc.traditional socat telnet'),
      valueOptions: words('-p -s -w -i -q -X -x -e -c --exec --sh-exec --lua-exec'),
      abbreviates: false,
    },
    {
      programs: ['ssh', 'autossh', 'mosh'],
      stopsAtOperand: true,
      valueOptions: words('-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w'),
      abbreviates: false,
    },
    {
      programs: ['openssl', 'keytool'],
      singleDashLong: true,
      valueOptions: words(
        '-in -out -inkey -key -keyout -subj -days -config -extensions -passin -passout -CA -CAkey -CAfile -connect -servername -newkey -engine -provider -provider-path -signkey -sign -digest -rand -writerand -keystore -alias -storepass -file -keyalg -name',
      ),
    },
    {
      programs: ['ssh-keygen', 'ssh-copy-id', 'ssh-add', 'ssh-agent', 'ssh-keyscan'],
      valueOptions: ['-f', '-t', '-b', '-C', '-N', '-P', '-i', '-R', '-F'],
      abbreviates: false,
    },
  ],
  rules: [...fetchingRules, ...keyRules, ...connectionRules, ...remoteShellRules],
};
