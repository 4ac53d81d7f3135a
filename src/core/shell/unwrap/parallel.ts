// GNU parallel: each item makes a line of shell text.
import type { Input, Word } from '../types.ts';
import { NOTHING, opaque, step, textPart, transparent } from './build.ts';
import { hasOption, type OptionTable, readOptions } from './optionReader.ts';
import { UNKNOWN_TEXT, type Unwrapped } from './types.ts';

/** Most items that are put in their places one by one. */
export const MAX_ITEMS = 50;

const PARALLEL: OptionTable = {
  flags: '0mXkqtuvxrzpg',
  values: 'jnNLSaIdEClPs',
  isOpen: true,
  longValues: [
    '--jobs',
    '--max-args',
    '--max-procs',
    '--delay',
    '--timeout',
    '--retries',
    '--joblog',
    '--results',
    '--sshlogin',
    '--colsep',
    '--arg-file',
    '--tmpdir',
    '--nice',
    '--load',
    '--memfree',
    '--halt',
    '--workdir',
    '--wd',
    '--max-lines',
    '--max-replace-args',
    '--tagstring',
    '--block',
    '--recstart',
    '--recend',
    '--env',
    '--basefile',
    '--return',
    '--transferfile',
    '--arg-sep',
    '--shuf-seed',
    '--semaphorename',
    '--id',
    '--rpl',
    '--xapply-x',
    '--profile',
    '--compress-program',
    '--pipepart-x',
    '--number-of-x',
  ],
};

/** `parallel TEXT ::: ITEMS`: each item makes a line of shell text; without a text the items are the lines. */
export function unwrapParallel(argv: readonly Word[], input: Input): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), PARALLEL, 'parallel');
  if (hasOption(read, '--version', '--help')) return NOTHING;
  const mark = read.rest.findIndex((word) => /^:::[:+]?\+?$/.test(word.value ?? ''));
  const words = mark < 0 ? read.rest : read.rest.slice(0, mark);
  const items =
    mark < 0 ? [] : read.rest.slice(mark + 1).filter((word) => !/^:::/.test(word.value ?? ''));
  const at = step('parallel', 'string', first);
  if (words.length === 0) return itemsAsLines(items, mark < 0, input, first);
  const isFiles = mark >= 0 && read.rest[mark]?.value?.startsWith('::::') === true;
  const known =
    !isFiles &&
    items.length > 0 &&
    items.length <= MAX_ITEMS &&
    items.every((word) => word.value !== undefined && !word.isGlob);
  const fills = known ? items.map((word) => quoted(word.value ?? '')) : [`"${UNKNOWN_TEXT}"`];
  const made = fills.map((item) => {
    const line = textPart(words, 'bash', at, { isRepeated: true, input: 'none' });
    return { ...line, part: { ...line.part, text: place(line.part.text, item) } };
  });
  const notUnderstood = [...read.notUnderstood, ...(made[0]?.notUnderstood ?? [])];
  const perl = argv.find((word) => (word.value ?? word.text).includes('{='));
  if (perl) {
    const why = 'parallel runs what stands between {= and =} as Perl.';
    notUnderstood.push({ code: 'dynamic-code', why, span: perl.span });
  }
  const isPlain = read.options.every(({ name }) => PLAIN.test(name));
  const parts = made.map(({ part }) => part);
  return isPlain ? transparent(parts, notUnderstood) : opaque(parts, notUnderstood);
}

/** Options that change nothing but how many run at once, and how their output is shown. Others write files, load code or go elsewhere. */
const PLAIN =
  /^-[0jknNLIdCmXquvtPsE]$|^--(jobs|max-procs|keep-order|null|delimiter|max-args|colsep|halt|timeout|retries|delay|nice|load|memfree|bar|eta|progress|line-buffer|lb|ungroup|group|verbose|dry-?run|no-run-if-empty|will-cite|plus|tag|xapply|link|max-lines|max-replace-args|quote|silent|no-notice)$/;

function itemsAsLines(
  items: readonly Word[],
  isFromInput: boolean,
  input: Input,
  first: Word,
): Unwrapped {
  const at = step('parallel', 'string', first);
  if (!isFromInput) {
    const made = items.slice(0, MAX_ITEMS).map((word) => textPart([word], 'bash', at));
    return transparent(
      made.map(({ part }) => part),
      made.flatMap(({ notUnderstood }) => notUnderstood),
    );
  }
  if (input.kind === 'text') {
    return transparent([
      {
        kind: 'text',
        text: input.text,
        isPartial: false,
        dialect: 'bash',
        words: [],
        span: input.span,
        positional: [],
        input: 'none',
        step: at,
      },
    ]);
  }
  const why = 'parallel runs lines that cannot be seen beforehand.';
  return opaque([], [{ code: 'unseen-code', why, span: first.span }]);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Puts an item at its marks, or behind the text where there are none. */
function place(text: string, item: string): string {
  const marks = /\{(\d*|[./#%]+|\d*[./]+)\}/g;
  return marks.test(text) ? text.replace(marks, () => item) : `${text} ${item}`;
}
