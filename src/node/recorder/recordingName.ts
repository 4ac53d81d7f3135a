// How the files of a recording are called.

/** Name of the n-th file, counted from 1. */
export function recordingName(number: number): string {
  return number === 1 ? 'terminal.cast' : `terminal-${number}.cast`;
}
