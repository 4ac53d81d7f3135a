// Where a command of the command line writes; tests read it back.
export interface Output {
  /** Standard output. */
  write(text: string): void;
  /** Standard error. */
  complain(text: string): void;
}

export const processOutput: Output = {
  write: (text) => void process.stdout.write(text),
  complain: (text) => void process.stderr.write(text),
};
