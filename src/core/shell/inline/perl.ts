// perl one-liners. The language cannot be read without running it, so only a small vocabulary is vouched for.
import type { InlineFinding, InlineFindingKind } from './types.ts';

const CALLS: readonly (readonly [InlineFindingKind, RegExp])[] = [
  ['shell-out', /\b(?:system|exec|qx|readpipe|fork|syscall)\b|`/g],
  ['delete', /\b(?:unlink|rmdir|rmtree|remove_tree)\b/g],
  [
    'overwrite',
    /\b(?:rename|truncate|symlink|link|copy|move|utime|mkdir|sysopen|open|write_file|spew|spurt|dbmopen)\b/g,
  ],
  ['chmod', /\b(?:chmod|chown)\b/g],
  ['process', /\b(?:kill|setpgrp|setpriority|alarm)\b/g],
  ['network', /\b(?:socket|connect|bind|listen|IO::Socket\w*|LWP\w*|HTTP::\w+|Net::\w+)\b/g],
  [
    'dynamic-code',
    /\b(?:eval|require|do|use|sub|goto|can|AUTOLOAD|local\s+\$SIG|DynaLoader|XSLoader|\$\{\\|@\{\[)/g,
  ],
];

const VOCABULARY: ReadonlySet<string> = new Set(
  'print printf say if unless while until for foreach my our split join map grep sort keys values push pop shift unshift splice lc uc lcfirst ucfirst length substr sprintf chomp chop next last redo s m y tr qw qr q qq BEGIN END defined scalar reverse and or not xor eq ne lt gt le ge cmp x undef exists delete each int abs index rindex ord chr hex oct sqrt log exp return else elsif pos quotemeta wantarray STDIN STDOUT STDERR ARGV ENV ARGVOUT INC g i e ee'.split(
    ' ',
  ),
);

/** The calls of a one-liner, found by their names; text in strings counts too, because perl looks into strings. */
export function scanPerl(code: string): readonly InlineFinding[] {
  return CALLS.flatMap(([kind, pattern]) =>
    [...code.matchAll(pattern)].map((found): InlineFinding => {
      const start = found.index;
      const given = /^\s*\(?\s*(?:"([^"$@\\]*)"|'([^']*)')\s*\)?\s*(?:;|\}|$)/.exec(
        code.slice(start + found[0].length),
      );
      const tick = found[0] === '`' ? /^([^`$@]*)`/.exec(code.slice(start + 1))?.[1] : undefined;
      const text = tick ?? given?.[1] ?? given?.[2];
      const span = { start, end: start + found[0].length };
      if (kind === 'shell-out')
        return { kind, name: found[0], span, ...(text !== undefined && { command: text }) };
      return { kind, name: found[0], span, ...(text !== undefined && { target: text }) };
    }),
  );
}

/** The code without its patterns where they are surely patterns; `(?{ … })` and `@{…}` in one run code. */
function withoutPatterns(code: string): string {
  if (/\(\?\??\{|[@$]\{|\(\?p/.test(code)) return code;
  const body = String.raw`(?:[^\\/\n]|\\.)*`;
  return code
    .replace(
      new RegExp(`(^|[({;,!~&\\s])(s|tr|y)/${body}/${body}/[gimsxrcd]*(?![a-z])`, 'g'),
      '$1 ',
    )
    .replace(
      new RegExp(
        `(^|[({;,!~&]|\\b(?:if|unless|and|or|not|grep|split|while|until))(\\s*)m?/${body}/[gimsx]*(?![a-z])`,
        'g',
      ),
      '$1 ',
    );
}

/** True where every word of the code outside of plain strings is one that only computes and prints. */
export function perlOnlyReads(code: string): boolean {
  if (scanPerl(code).length > 0) return false;
  const bare = withoutPatterns(code.replace(/"[^"$@\\]*"|'[^'\\]*'/g, ' ')).replace(
    /[$@%]\{?\^?\w+\}?/g,
    ' ',
  );
  if (
    /[|<>]\s*["'$\w/]|\|/.test(
      bare.replace(/=>|->|<=>?|>=|<<?>>?|<STDIN>|<>|\|\|/g, ' ').replace(/[<>]\s*\d+/g, ' '),
    )
  )
    return false;
  // A substitution with the flag `e` runs its right side.
  if (/\bs(\W)(?:(?!\1).|\\.)*\1(?:(?!\1).|\\.)*\1[a-z]*e/s.test(bare)) return false;
  // A function or a method that is called by a name in a variable or a text.
  if (/&\s*[{$"']|->\s*[($&"'{]?\s*\(|::/.test(code)) return false;
  return [...bare.matchAll(/[A-Za-z_]\w*/g)].every(([word]) => VOCABULARY.has(word));
}
