// What follows each reserved word: loops, case, function, [[ ]], and the prefixes `time`, `!`, `coproc`.
// Invariant: the header's canonical text in the skeleton has the shape of what was read.
import { readPatterns } from './casePatterns.ts';
import type { ScriptReader } from './scriptReader.ts';
import type { CaseHeader, RawWord } from './tokens.ts';

const COMPOUND_START =
  /(?:\{(?=[ \t\n])|\(|\[\[(?=[ \t\n])|(?:if|while|until|for|case|select)(?=[ \t\n]))/y;
const TIME_OPTION = /(?:-p|--)(?=[ \t\n;&|<>()]|$)/y;
const TEST_OPERATOR = /(?:&&|\|\||[()]|[<>](?!\()|!(?=[ \t\n]))/y;
const TEST_END = /\]\](?=[ \t\n;&|<>()]|$)/y;

/** Reads on behind a reserved word that started at `start`. */
export function readReserved(script: ScriptReader, word: string, start: number): void {
  switch (word) {
    case 'time':
      script.begin(start);
      readTime(script);
      return;
    case '!':
      script.begin(start);
      script.skeleton.negate();
      script.prefix();
      return;
    case 'coproc':
      script.begin(start);
      readCoprocess(script);
      return;
    case 'if':
    case 'while':
    case 'until':
      script.begin(start);
      script.skeleton.opener(word);
      return;
    case 'for':
    case 'select':
      script.begin(start);
      readFor(script, start);
      return;
    case 'case':
      script.begin(start);
      readCase(script, start);
      return;
    case 'function':
      script.begin(start);
      readFunction(script, start);
      return;
    case '[[':
      script.reader.refuseInSh('[[', start, start + 2);
      script.begin(start);
      readTest(script, start);
      return;
    default:
      readBracket(script, word, start);
  }
}

function readBracket(script: ScriptReader, word: string, start: number): void {
  const { skeleton, enclosures, reader } = script;
  if (skeleton.isBehindRedirect) {
    reader.fail('syntax-error', 'A word stands where none may.', start, start + 1);
    return;
  }
  switch (word) {
    case '{':
      script.begin(start);
      enclosures.push(skeleton.isBehindLoopHeader ? 'loop{' : '{');
      skeleton.opener(skeleton.isBehindLoopHeader ? 'do' : '{');
      return;
    case '}': {
      const enclosure = enclosures.pop();
      if (enclosure !== '{' && enclosure !== 'loop{') {
        reader.fail('syntax-error', 'A closing brace has no opening one.', start, start + 1);
        return;
      }
      skeleton.closer(enclosure === '{' ? '}' : 'done');
      return;
    }
    case 'esac':
      if (typeof enclosures.pop() !== 'object') {
        reader.fail('syntax-error', '`esac` stands outside of a case.', start, reader.pos);
        return;
      }
      skeleton.closer('esac');
      return;
    case 'fi':
    case 'done':
      skeleton.closer(word);
      return;
    default:
      skeleton.middle(word);
  }
}

function readTime(script: ScriptReader): void {
  const { reader } = script;
  while (script.skipBlanks()) {
    TIME_OPTION.lastIndex = reader.pos;
    if (!TIME_OPTION.test(reader.text)) {
      break;
    }
    reader.pos = TIME_OPTION.lastIndex;
  }
  script.prefix();
}

function readCoprocess(script: ScriptReader): void {
  const { reader } = script;
  script.skipBlanks();
  // A name may stand only before a compound; before a simple command it would be the program.
  const name = /([A-Za-z_][A-Za-z0-9_]*)[ \t]+/y;
  name.lastIndex = reader.pos;
  const match = name.exec(reader.text);
  COMPOUND_START.lastIndex = reader.pos;
  const startsCompound = COMPOUND_START.test(reader.text);
  COMPOUND_START.lastIndex = name.lastIndex;
  if (match && !startsCompound && COMPOUND_START.test(reader.text)) {
    reader.pos = name.lastIndex;
    script.skeleton.coprocess(match[1] ?? 'COPROC');
  } else {
    script.skeleton.coprocess('COPROC');
  }
  script.prefix(true);
}

function readFor(script: ScriptReader, start: number): void {
  const { reader, skeleton } = script;
  script.skipBlanks();
  if (reader.text.startsWith('((', reader.pos)) {
    readCount(script, start);
    return;
  }
  const variable = reader.readWord();
  const name = variable ? reader.text.slice(variable.start, variable.end) : '';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    reader.fail('syntax-error', 'This loop has no variable.', start, reader.pos);
    return;
  }
  script.skipToNext();
  const isList = /in(?=[ \t\n;]|\\\n|$)/y;
  isList.lastIndex = reader.pos;
  let words: RawWord[] | undefined;
  if (isList.test(reader.text)) {
    reader.pos = isList.lastIndex;
    words = [];
    while (script.skipBlanks() && !';\n'.includes(reader.text[reader.pos] ?? '')) {
      const word = reader.readWord();
      if (!word) {
        reader.fail('syntax-error', 'This is not expected in a loop.', reader.pos, reader.pos + 1);
        return;
      }
      words.push(word);
    }
  }
  skeleton.loopHeader({ kind: 'for', name, words }, 'for x in y ;');
  skipLoopEnd(script);
}

function readCount(script: ScriptReader, start: number): void {
  const { reader, skeleton } = script;
  const open = reader.pos;
  const end = reader.closing(open, '(', ')');
  if (end < 0 || reader.text[end - 1] !== ')') {
    reader.fail('syntax-error', 'This loop is not closed.', start, reader.text.length);
    return;
  }
  const text = reader.text.slice(open + 2, end - 1);
  const pieces = reader.readRange(open + 2, end - 1);
  if (reader.hasFailed) {
    return;
  }
  reader.pos = end + 1;
  skeleton.loopHeader({ kind: 'count', text, pieces }, 'while y ;');
  skipLoopEnd(script);
}

/** One `;` or newlines may stand between a loop's header and `do`; the header's text has one already. */
function skipLoopEnd(script: ScriptReader): void {
  script.skipBlanks();
  if (
    script.reader.text[script.reader.pos] === ';' &&
    script.reader.text[script.reader.pos + 1] !== ';'
  ) {
    script.reader.pos++;
  }
  script.skipToNext();
}

function readCase(script: ScriptReader, start: number): void {
  const { reader, skeleton, enclosures } = script;
  script.skipBlanks();
  const subject = reader.readWord();
  script.skipToNext();
  const isIn = /in(?=[ \t\n(]|\\\n|$)/y;
  isIn.lastIndex = reader.pos;
  if (!subject || !isIn.test(reader.text)) {
    reader.fail('syntax-error', 'This case is not complete.', start, reader.pos);
    return;
  }
  reader.pos = isIn.lastIndex;
  const header: CaseHeader = { kind: 'case', subject, items: [] };
  skeleton.header(header, 'case y in');
  enclosures.push(header);
  readPatterns(script, header);
}

function readFunction(script: ScriptReader, start: number): void {
  const { reader } = script;
  script.skipBlanks();
  const word = reader.readWord();
  if (!word) {
    reader.fail('syntax-error', 'This function has no name.', start, reader.pos);
    return;
  }
  const parens = /[ \t]*\([ \t]*\)/y;
  parens.lastIndex = reader.pos;
  if (parens.test(reader.text)) {
    reader.pos = parens.lastIndex;
  }
  script.putFunction(word);
}

function readTest(script: ScriptReader, start: number): void {
  const { reader } = script;
  const tokens: (string | RawWord)[] = [];
  let isRegex = false;
  let depth = 0;
  for (;;) {
    script.skipToNext();
    TEST_END.lastIndex = reader.pos;
    if (TEST_END.test(reader.text)) {
      reader.pos = TEST_END.lastIndex;
      break;
    }
    TEST_OPERATOR.lastIndex = reader.pos;
    const operator = isRegex ? undefined : TEST_OPERATOR.exec(reader.text)?.[0];
    if (operator !== undefined) {
      reader.pos += operator.length;
      tokens.push(operator);
      depth += operator === '(' ? 1 : operator === ')' ? -1 : 0;
      continue;
    }
    const word = reader.readWord(isRegex ? 'regex' : 'pattern');
    if (!word) {
      reader.fail('syntax-error', 'A [[ … ]] test is not closed.', start, reader.pos);
      return;
    }
    isRegex = reader.text.slice(word.start, word.end) === '=~';
    tokens.push(word);
  }
  if (depth !== 0) {
    reader.fail('syntax-error', 'The brackets in a [[ … ]] test do not match.', start, reader.pos);
  }
  script.open({ kind: 'test', tokens, ...script.segmentBase(start) });
}
