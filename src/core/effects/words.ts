// Lists of programs and options as rule data writes them: one text, split at blanks.

/** The words of a text. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
