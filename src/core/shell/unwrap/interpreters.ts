// Interpreters: code on the command line, on standard input, or in a file.
// Invariant: code that cannot be seen is reported as not understood or leaves a file part behind.
import { scanInlineCode } from '../inline/scan.ts';
import type { CodeLanguage } from '../inline/types.ts';
import type { Input, NotUnderstood, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, partialText, step, textPart } from './build.ts';
import { type Interpreter, interpreterOf } from './interpreterTable.ts';
import { constantWord, readOptions, wordTail } from './optionReader.ts';
import {
  type CodePart,
  type FilePart,
  UNKNOWN_TEXT,
  type Unwrapped,
  type UnwrappedPart,
} from './types.ts';

/** Reads a call of an interpreter; undefined where the program is none. */
export function unwrapInterpreter(
  program: string,
  argv: readonly Word[],
  input: Input,
): Unwrapped | undefined {
  const entry = interpreterOf(program);
  const first = argv[0];
  if (!entry || !first) return undefined;
  const words = argv.slice(1).map(program === 'erl' ? singleDashLong : nodeAlias(entry.language));
  const read = readOptions(words, entry.options, program);
  const snippets = read.options.filter(
    ({ name: option, value }) => entry.code.includes(option) && value,
  );
  const files = read.options.filter(
    ({ name: option, value }) => entry.codeFiles?.includes(option) && value,
  );
  const notUnderstood: NotUnderstood[] = [...read.notUnderstood];
  const parts: UnwrappedPart[] = [];
  const before = entry.language === 'perl' ? perlPrelude(read.options) : '';
  for (const { value } of snippets)
    parts.push(
      ...codeParts(entry, program, value as Word, first, notUnderstood).map(withPrelude(before)),
    );
  const isLoading = read.options.some(({ name: option, value }) =>
    entry.loads?.[option]
      ? !entry.loads[option].test(value?.value ?? '')
      : option.startsWith('--') && entry.harmless?.test(option) === false,
  );
  if (isLoading) parts.push(loadedCode(entry, program, first));
  for (const { value } of files) parts.push(filePart(entry, program, value as Word, [], first));
  const isPrinted = read.options.some(
    ({ name: option, value }) => /^(-p|--print|-pe)$/.test(option) && !value,
  );
  const isAsked = read.options.some(({ name: option }) =>
    /^(--version|--help|-V|-h|--syntax|-v|--check)$/.test(option),
  );
  const module = read.options.find(
    ({ name: option }) => option === '-m' && entry.language === 'python',
  )?.value;
  if (module) return unwrapModule(program, module, read.rest, first, notUnderstood);
  if (snippets.length + files.length > 0) return opaque(parts, notUnderstood);
  const [operand, ...rest] = read.rest;
  if (isAsked && !operand) return parts.length > 0 ? opaque(parts, notUnderstood) : NOTHING;
  const isVerb = entry.fileVerbs?.includes(operand?.value ?? '') === true;
  if (entry.codeVerbs?.includes(operand?.value ?? '') === true) {
    const code = readOptions(rest, entry.options, program).rest[0];
    return code
      ? opaque(codeParts(entry, program, code, first, notUnderstood), notUnderstood)
      : NOTHING;
  }
  const target = isVerb ? readOptions(rest, entry.options, program).rest[0] : operand;
  if (target && (entry.firstIsCode === true || isPrinted))
    return opaque(
      [...parts, ...codeParts(entry, program, target, first, notUnderstood)],
      notUnderstood,
    );
  if (target && !/^(-|\/dev\/(stdin|fd\/0))$/.test(target.value ?? ''))
    return opaque([...parts, filePart(entry, program, target, rest, first)], notUnderstood);
  const fed = unwrapStandardInput(entry, program, input, first, notUnderstood);
  return parts.length > 0 ? { ...fed, parts: [...parts, ...fed.parts] } : fed;
}

const PERL_MODULES =
  /^-?(strict|warnings|utf8|integer|bigint|feature|List::Util|Scalar::Util|Data::Dumper|JSON::PP|POSIX|MIME::Base64|Digest::(MD5|SHA)|Encode|Time::(HiRes|Local)|Text::(Wrap|ParseWords))(=[\w,:]+)?$/;

/** `perl -MTEXT` puts `use TEXT;` before the code, whatever the text is. */
function perlPrelude(options: readonly { name: string; value?: Word | undefined }[]): string {
  return options
    .filter(({ name }) => /^-[MmI]$/.test(name))
    .map(({ name, value }) => (name === '-I' ? 'lib' : (value?.value ?? 'unknown')))
    .filter((text) => !PERL_MODULES.test(text))
    .map((text) => `use ${text};\n`)
    .join('');
}

const withPrelude =
  (prelude: string) =>
  (part: UnwrappedPart): UnwrappedPart =>
    prelude === '' || part.kind !== 'code'
      ? part
      : { ...part, code: part.code === undefined ? undefined : prelude + part.code };

/** Code that an option loads besides (`node -r ./x.js`): that it runs is known, what it does is not. */
function loadedCode({ language }: Interpreter, program: string, first: Word): CodePart {
  const at = step(`${program} option`, 'option', first);
  return { kind: 'code', language, code: undefined, partial: '', span: first.span, step: at };
}

/** node takes `-pe` for `-p -e`. */
const nodeAlias =
  (language: string) =>
  (word: Word): Word =>
    language === 'javascript' && word.value === '-pe' ? constantWord('-e', word) : word;

function singleDashLong(word: Word): Word {
  return word.value && /^-[a-z]{2,}$/.test(word.value)
    ? constantWord(`-${word.value}`, word)
    : word;
}

/** The code itself, and the programs that it starts with constant words. */
function codeParts(
  entry: Interpreter,
  program: string,
  word: Word,
  first: Word,
  notUnderstood: NotUnderstood[],
): readonly UnwrappedPart[] {
  const part = codePart(entry, program, word, first, notUnderstood);
  return [part, ...startedParts(entry, part, word.span, first)];
}

/** Programs and shell texts that the code hands to the system, where they are constant. */
export function startedParts(
  entry: { language: CodeLanguage },
  part: { code: string | undefined },
  span: Word['span'],
  first: Word,
): readonly UnwrappedPart[] {
  if (part.code === undefined) return [];
  const like = { ...first, span };
  // The code may hand on other variables than it was given.
  const environment = { isBare: /env|ENV/.test(part.code) };
  return scanInlineCode(entry.language, part.code).flatMap((finding): UnwrappedPart[] => {
    if (finding.kind !== 'shell-out') return [];
    const at = step(`${entry.language} ${finding.name}`, 'string', like);
    if (finding.argv)
      return [
        argvPart(
          finding.argv.map((text) => constantWord(text, like)),
          at,
          { environment },
        ),
      ];
    if (finding.command === undefined) return [];
    return [textPart([constantWord(finding.command, like)], 'sh', at, { environment }).part];
  });
}

/** `sed -n "$((n+1))p"`: an arithmetic expansion is a number, whatever it is; any number tells what the code does. */
function withNumbers(word: Word): string | undefined {
  const pieces = word.parts.map((part) => {
    if (part.kind === 'literal') return part.value;
    return part.kind === 'opaque' && part.why === 'arithmetic' ? '1' : undefined;
  });
  return pieces.includes(undefined) ? undefined : pieces.join('');
}

function codePart(
  entry: Interpreter,
  program: string,
  word: Word,
  first: Word,
  notUnderstood: NotUnderstood[],
): CodePart {
  const code = word.value ?? withNumbers(word);
  if (code === undefined) {
    const why = `${program} would run code that is not known beforehand: \`${word.text}\`.`;
    notUnderstood.push({ code: 'dynamic-code', why, span: word.span });
  }
  return {
    kind: 'code',
    language: entry.language,
    code,
    partial: partialText(word).replaceAll(UNKNOWN_TEXT, '\ufffc'),
    span: word.span,
    step: step(`${program} code`, 'string', first),
  };
}

function filePart(
  entry: Interpreter,
  program: string,
  path: Word,
  args: readonly Word[],
  first: Word,
): FilePart {
  return {
    kind: 'file',
    path,
    reader: { kind: 'code', language: entry.language },
    arguments: args,
    inCurrentShell: false,
    step: step(`${program} ${path.text}`, 'file', first),
  };
}

function unwrapStandardInput(
  entry: Interpreter,
  program: string,
  input: Input,
  first: Word,
  notUnderstood: readonly NotUnderstood[],
): Unwrapped {
  if (entry.firstIsCode) return { ...NOTHING, notUnderstood };
  if (input.kind === 'pipe' && input.file)
    return opaque([filePart(entry, program, input.file, [], first)], notUnderstood);
  switch (input.kind) {
    case 'inherit':
      return { ...NOTHING, notUnderstood };
    case 'file':
      return opaque([filePart(entry, program, input.path, [], first)], notUnderstood);
    case 'text': {
      const part: CodePart = {
        kind: 'code',
        language: entry.language,
        code: input.text,
        partial: input.text,
        span: input.span,
        step: step(`${program} <`, 'string', first),
      };
      return opaque([part, ...startedParts(entry, part, part.span, first)], notUnderstood);
    }
    default: {
      const why = `${program} runs code that cannot be seen beforehand.`;
      return opaque([], [...notUnderstood, { code: 'unseen-code', why, span: first.span }]);
    }
  }
}

/** `python -m MODULE WORDS` starts the program of that name for the modules that are one; others keep their name. */
function unwrapModule(
  program: string,
  module: Word,
  rest: readonly Word[],
  first: Word,
  notUnderstood: readonly NotUnderstood[],
): Unwrapped {
  const glued = module.value === undefined ? module : wordTail(module, 0);
  const name = glued.value === undefined ? glued : constantWord(`${glued.value}`, module);
  const isProgram =
    /^(pip|pytest|tox|nox|black|ruff|mypy|flake8|isort|pylint|coverage|build|twine|pipx|poetry|uv|virtualenv|ansible|alembic|django|awscli|pre_commit|bandit|mkdocs|sphinx|unittest)$/.test(
      name.value ?? '',
    );
  if (!isProgram) return opaque([], notUnderstood);
  const part = argvPart([name, ...rest], step(`${program} -m`, 'wrapper', first));
  return { transparent: true, parts: [part], notUnderstood };
}
