// Programs that print without end, or more than a disk takes lightly.
import type { Invocation } from '../shell/types.ts';

const ENDLESS_DEVICE = /^\/dev\/(zero|u?random|full)$/;
const HUGE = /^(\d{2,}[gG]i?B?|\d+[tTpP]i?B?|\d{11,})$/;

/** True for what prints without end: `yes`, a reader of such a device, or more of it than a disk takes lightly. */
export function isEndlessSource({ program = '', argv, redirects }: Invocation): boolean {
  const given = argv.slice(1).map(({ value }) => value ?? '');
  if (program === 'yes') return true;
  if (program === 'fallocate') return given.some((word) => HUGE.test(word));
  const opens = [...given, ...redirects.map(({ target }) => target.value ?? '')];
  if (!opens.some((word) => ENDLESS_DEVICE.test(word))) return false;
  if (program === 'head')
    return given.some((word) => HUGE.test(word.replace(/^(-c|--bytes=)/, '')));
  return /^(cat|tail|tac|sort|cp|base64|gzip|xz|zstd|tee|pv)$/.test(program);
}
