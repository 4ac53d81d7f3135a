// The patterns of a `case` item.
import type { ScriptReader } from './scriptReader.ts';
import type { CaseHeader, RawWord } from './tokens.ts';

/** Reads the patterns of the next case item up to `)`, or the closing `esac`. */
export function readPatterns(script: ScriptReader, header: CaseHeader): void {
  const { reader } = script;
  const start = reader.pos;
  script.skipToNext();
  const esac = /esac(?=[ \t\n;&|<>()]|$)/y;
  esac.lastIndex = reader.pos;
  if (esac.test(reader.text)) {
    reader.pos = esac.lastIndex;
    script.enclosures.pop();
    script.skeleton.closer('esac');
    return;
  }
  if (reader.text[reader.pos] === '(') {
    reader.pos++;
  }
  const patterns: RawWord[] = [];
  for (;;) {
    script.skipBlanks();
    const word = reader.readWord('pattern');
    if (!word) {
      reader.fail('syntax-error', 'A case item has no pattern.', start, reader.pos);
      return;
    }
    patterns.push(word);
    script.skipBlanks();
    const next = reader.text[reader.pos];
    if (next !== '|' && next !== ')') {
      reader.fail('syntax-error', 'A case item is not closed.', start, reader.pos);
      return;
    }
    reader.pos++;
    if (next === ')') {
      break;
    }
  }
  header.items.push(patterns);
  script.skeleton.opener('p )');
}
