// Breaks the sentences around a command's output between words: a terminal by itself breaks in the middle of them.

/** Sequences that paint; they take no place. */
const PAINT = /\x1b\[[0-9;]*m/g;
const INDENT = /^(?:\x20|- )*/;
/** Narrower ones are left to the terminal. */
const LEAST_COLUMNS = 20;

/** The line in parts that fit; those after the first stand below its text. What has no space in it stays whole. */
export function wrapText(line: string, columns: number): readonly string[] {
  if (columns < LEAST_COLUMNS || widthOf(line) <= columns) return [line];
  const indent = ' '.repeat(INDENT.exec(line.replace(PAINT, ''))?.[0].length ?? 0);
  const parts: string[] = [];
  let part = '';
  for (const word of line.split(/(?<=\S)(?=\x20+\S)/)) {
    if (part === '' || widthOf(part + word) <= columns) part += word;
    else {
      parts.push(part);
      part = `${indent}${word.trimStart()}`;
    }
  }
  return [...parts, part];
}

function widthOf(text: string): number {
  return [...text.replace(PAINT, '')].length;
}
