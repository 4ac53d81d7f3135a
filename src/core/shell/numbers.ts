// Programs whose output is a number, whatever they are given.
// Invariant: an output that a file, a peer or an argument decides is none; a format that prints text is none.

const PROGRAMS: readonly RegExp[] = [
  /^wc(?: -[lwcmL]+| --(?:lines|words|bytes|chars))*(?: ?<.*)?$/,
  /^seq [-\d ]+$/,
  /^date (?:.* )?\+Q?%(?:[-_0]?[sNHIMSdmYyjuwVUG])+$/,
  /^stat (?:-L )?(?:-[cf] ?|--format=)%[sYXZWaubhiz](?: .*)?$/,
  /^(?:nproc|id -[ug]|tput (?:cols|lines|colors))$/,
  /^pgrep(?: -c)? [^-]*$/,
  /^lsof -t/,
  /^git rev-list (?:.* )?--count(?: .*)?$/,
  /^[ef]?grep (?:-[A-Za-z]+ )*(?:-[A-Za-z]*c[A-Za-z]*|--count)(?: -[A-Za-z]+)*(?: Q| [\w./-]+){0,2}(?: ?<.*)?$/,
  /^expr \S+ (?:[-+%/]|\\\*) \S+$/,
  /^echo \d+$/,
];

/** True where the text of a command substitution can only print a number, or nothing. */
export function printsNumber(text: string): boolean {
  const commands = withoutQuotes(text.trim());
  // A list, a nested command or a quote that is not closed: what is printed is not decided by the last program.
  if (commands === undefined || /[;&`\n()'"]/.test(commands)) {
    return false;
  }
  const last = (commands.split('|').at(-1) ?? '').trim().replace(/ ?2>(?:&1|\/dev\/null)/g, '');
  return PROGRAMS.some((program) => program.test(last)) || isCountOfLines(text);
}

/** `awk 'END { print NR }'`. */
function isCountOfLines(text: string): boolean {
  return /(?:^|\|\s*)awk 'END ?\{ ?print NR ?\}'(?: ?<? ?[\w./-]+)?$/.test(text.trim());
}

/** Quoted text as `Q`, plain quoted words as they are; undefined where a quote holds code. */
function withoutQuotes(text: string): string | undefined {
  if (/"[^"]*[`(][^"]*"/.test(text)) {
    return undefined;
  }
  return text.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => {
    const value = single ?? double ?? '';
    return /^[\w%+:./-]+$/.test(value) ? value : 'Q';
  });
}
