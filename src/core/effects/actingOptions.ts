// Options that act in nearly every program that has them: they delete, write a file, start a program, bring in settings.
// Invariant: this only takes a proof of reading away; what a rule finds harmful is never lighter because of it.
import { isSameOption } from './options.ts';
import type { Call, ParsedOption, ProgramSyntax } from './types.ts';
import { words } from './words.ts';

/** Long options without their dashes. A program in which one of them only reads is named in `ONLY_READS`. */
const ACTING: ReadonlySet<string> = new Set(
  words(`
  delete delete-all remove remove-all purge purge-all prune wipe erase drop destroy truncate uninstall unpublish
  terminate kill reset factory-reset clear clear-all clear-cache flush fix autofix repair rebuild cleanup rotate
  write overwrite apply commit save save-config update upgrade install import create add edit set unset move
  rename inplace in-place restore rollback revert execute exec exec-batch run command shell script eval plugin
  load load-extension hook pre-hook post-hook pager editor browser upload publish send start stop restart
  enable disable activate deactivate output-file out-file outfile output-dir output-directory out-dir log-file
  logfile log-path report-file dump-file to-file write-to config rcfile init-file include-file use-compress-program
  files-from files0-from destination-table destination_table append-table append_table dump-master-key dump-volume-key
`),
);

/** A form of output, which is what `--output` names in many programs; in others it names a file. */
const FORM =
  /^(json|jsonl|ndjson|yaml|yml|table|text|txt|plain|wide|tsv|csv|xml|html|markdown|md|toml|name|names|raw|pretty|compact|short|long|full|verbose|off|none|tree|dot|graph|hcl|diff|summary|simple|default|human|id|ids|env|ansi|cat|export|verbose|with-unit|short-\w+|json-\w+|cloud-\w+|yamlc?|jsonc|jsonl|(jsonpath|go-template|custom-columns|template)(-(as-json|file))?(=.*)?|[A-Z][\w,%-]*)$/s;

/** Programs that mean something else by one of these words, each with what it means. */
const ONLY_READS: Readonly<Record<string, readonly string[]>> = {
  // Files that were added, removed or cleaned are listed.
  hg: words('add remove clean rev'),
  // Which commits are shown.
  git: words('add delete rename remove revert commit'),
  // Its only proof is that of a preview.
  rsync: words('delete delete-after delete-before delete-delay delete-during delete-excluded'),
  // The rule reads what it evaluates.
  mongosh: ['eval'],
  mongo: ['eval'],
  // Its proof is that of a preview.
  sfdisk: ['delete'],
  // A test of the expression: it goes into no such folder.
  find: ['prune'],
  gfind: ['prune'],
  // Leaves empty folders out of the picture.
  tree: ['prune'],
  // Whether times are set back after reading; which columns are shown.
  journalctl: ['output'],
  lsblk: ['output'],
  findmnt: ['output'],
  df: ['output'],
  lscpu: ['output'],
};

/** Real options of reading programs that an abbreviation of an acting one would be mistaken for. */
const NO_ABBREVIATION = /^(log|include|report|dump|pre|post|use|to|in|init|rc|set-?)$/;

/** Where a bare `-o` prints only the match, chooses columns, or says "or". */
const O_READS =
  /^(e?grep|fgrep|zgrep|ggrep|rg|ag|ack|ugrep|git|find|gfind|test|\[|ls|od|ps|column|lsof|mount|set)$/;

/** The option of a call that reading programs do not have; undefined where there is none. */
export function actingOption(
  call: Call,
  syntax: ProgramSyntax | undefined,
): ParsedOption | undefined {
  const harmless = ONLY_READS[call.program] ?? [];
  return call.options.find((option) => {
    const bare = option.name.replace(/^\^?--?/, '');
    // Behind these stand the words of another command, which is a call of its own.
    if (harmless.includes(bare) || syntax?.commandOptions?.includes(option.name)) return false;
    // What to read comes from the input, which the call before it prints.
    if (/^files0?-from$/.test(bare) && option.value?.value === '-') return false;
    if (option.name === '-o') return !O_READS.test(call.program) && namesFile(option, call);
    if (!isLong(option.name, syntax)) return false;
    return /^out(put)?$/.test(bare) ? namesFile(option, call) : isActing(bare, syntax);
  });
}

const isLong = (name: string, syntax: ProgramSyntax | undefined) =>
  /^\^?--/.test(name) || syntax?.singleDashLong === true;

function isActing(bare: string, syntax: ProgramSyntax | undefined): boolean {
  if (ACTING.has(bare)) return true;
  if (NO_ABBREVIATION.test(bare)) return false;
  return [...ACTING].some((name) => isSameOption(`--${bare}`, `--${name}`, syntax));
}

/** What stands behind it is no form of output, so it is taken for a file. */
function namesFile({ name, value, word }: ParsedOption, { invocation }: Call): boolean {
  const { argv } = invocation;
  const given = value ?? argv[argv.indexOf(word) + 1];
  if (given === undefined) return false;
  if (given.value === undefined) return true;
  return name === '-o' ? /\/|\.\w{1,5}$/.test(given.value) : !FORM.test(given.value);
}
