// Finds private keys in their armour, also one whose end has not come yet or was cut off.
// Invariant: it takes time in proportion to the text, however many starts without an end stand in it.
import type { SecretRange } from './secretRange.ts';

/** In every armour of a private key. */
export const KEY_HINT = 'private key';

const START = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** What stands between start and end: lines of base64, headers, line ends that were escaped. */
const BODY = /[\sA-Za-z0-9+/=:,.\\]*(?:-(?!----)[\sA-Za-z0-9+/=:,.\\]*)*/y;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;

/** Shorter ones are talk about keys. */
const LEAST_BODY = 8;

export function privateKeys(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  const [start, body, end] = [new RegExp(START), new RegExp(BODY), new RegExp(END)];
  for (let match = start.exec(text); match; match = start.exec(text)) {
    body.lastIndex = start.lastIndex;
    body.exec(text);
    const last = Math.max(body.lastIndex, start.lastIndex);
    end.lastIndex = last;
    const isEnded = end.exec(text) !== null;
    const isLong = last - start.lastIndex >= LEAST_BODY;
    if (isLong && (isEnded || last === text.length)) {
      found.push({
        start: match.index,
        end: isEnded ? end.lastIndex : last,
        kind: 'private-key',
      });
    }
    start.lastIndex = last;
  }
  return found;
}
