// Which machine a fetching program asks.
// Invariant: an address that is not seen, or that is only a bare name, is another machine's.
import type { Word } from '../../shell/types.ts';
import type { Call } from '../types.ts';
import { words } from '../words.ts';

const isHttpie = (call: Call) => /^(http|https|xhs?)$/.test(call.program);

/** The words that are addresses: with curl and its like all operands are, with httpie the one behind the method. */
function addresses(call: Call): readonly Word[] {
  if (!isHttpie(call)) return call.operands;
  const [first, ...rest] = call.operands;
  return (/^[A-Za-z]+$/.test(first?.value ?? '') ? rest : call.operands).slice(0, 1);
}

/** Options that name more addresses, or another way to them. */
const OTHER_WAYS = words(
  '--url -x --proxy --preproxy --proxy1.0 --socks4 --socks4a --socks5 --socks5-hostname --connect-to --resolve --doh-url --dns-servers -K --config',
);
const OTHER_WAYS_OF_WGET = words('-i --input-file -B --base -e --execute --config');

const LOCAL = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\])(:\d*)?$/i;

/** Host and port of an address; what stands before an `@` is who asks, not where. */
function hostOf(text: string): string | undefined {
  const [, authority] = /^(?:(?:https?|wss?):\/\/)?([^/?#\\]*)/i.exec(text) ?? [];
  return authority?.slice(authority.lastIndexOf('@') + 1);
}

/** Every address is on this machine; one that is not seen is not, and neither is a bare name. */
export function isLocal(call: Call): boolean {
  const given = addresses(call);
  return (
    given.length > 0 &&
    !call.has(...(/^wget2?$/.test(call.program) ? OTHER_WAYS_OF_WGET : OTHER_WAYS)) &&
    given.every((word) => {
      const [start] = word.parts;
      const text = word.value ?? (start?.kind === 'literal' ? start.value : '');
      // `localhost:$PORT@far`: what stands before the `@` is no host.
      const isSure = word.value !== undefined || !word.text.includes('@');
      if (!isSure) return false;
      return LOCAL.test(hostOf(text) ?? '') || (isHttpie(call) && /^:\d*(\/|$)/.test(text));
    })
  );
}
