// Redirects: their targets, and what standard input becomes.
// Invariant: the last redirect of standard input wins, as in the shell.
import type { Expander } from './expand.ts';
import { constantText } from './state.ts';
import type { RawRedirect } from './tokens.ts';
import type { Input, Redirect, Word } from './types.ts';
import { word } from './words.ts';

/** Expands redirects in order. `input` is undefined where standard input is not redirected. */
export function expandRedirects(
  expander: Expander,
  raws: readonly RawRedirect[],
): { redirects: Redirect[]; input: Input | undefined } {
  let input: Input | undefined;
  const redirects = raws.map((raw) => {
    const redirect = expandRedirect(expander, raw);
    input = inputOf(redirect) ?? input;
    return redirect;
  });
  return { redirects, input };
}

function expandRedirect(expander: Expander, raw: RawRedirect): Redirect {
  const span = raw.source.span(raw.start, raw.end);
  const { op, fd } = raw;
  const base = fd === undefined ? { op, span } : { op, fd, span };
  if (raw.heredoc) {
    const text = raw.target.source.text.slice(raw.target.start, raw.target.end);
    const delimiter = raw.target.source.span(raw.target.start, raw.target.end);
    const value = text.replace(/['"\\]/g, '');
    const target = word(text, [{ kind: 'literal', value, quoted: true }], delimiter);
    const body = constantText(expander.parts(raw.heredoc.pieces, false));
    return { ...base, target, ...(body === undefined ? {} : { body }) };
  }
  if (op === '<<<') {
    const target = expander.single(raw.target, false);
    return {
      ...base,
      target,
      ...(target.value === undefined ? {} : { body: `${target.value}\n` }),
    };
  }
  const target = targetOf(expander, raw);
  return { ...base, target };
}

/** A target that becomes several words is an error in the shell; it has no value here. */
function targetOf(expander: Expander, raw: RawRedirect): Word {
  const [only, ...more] = expander.words([raw.target]);
  if (only && more.length === 0) {
    return only;
  }
  const { source, start, end } = raw.target;
  const text = source.text.slice(start, end);
  return word(text, [{ kind: 'opaque', text, why: 'several words' }], source.span(start, end));
}

function inputOf(redirect: Redirect): Input | undefined {
  const { op, fd = 0, target, span, body } = redirect;
  if (fd !== 0) {
    return undefined;
  }
  switch (op) {
    case '<':
    case '<>':
      return { kind: 'file', path: target };
    case '<<':
    case '<<<':
      return body === undefined
        ? { kind: 'dynamic', why: 'the text holds parts that are not constant', span }
        : { kind: 'text', text: body, span };
    case '<&':
      return target.value === '-'
        ? { kind: 'text', text: '', span }
        : target.value === '0'
          ? undefined
          : { kind: 'dynamic', why: 'it is read from another file descriptor', span };
    default:
      // `0>&3` and the like also change it.
      return redirect.fd === 0
        ? { kind: 'dynamic', why: 'standard input is redirected', span }
        : undefined;
  }
}
