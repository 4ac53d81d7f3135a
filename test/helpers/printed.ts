// What a command of the command line prints, kept for a test to look at.

export interface Printed {
  code: number;
  out: string;
  err: string;
}

/** The result and the output that fills it. */
export function printing() {
  const ran: Printed = { code: 0, out: '', err: '' };
  const output = {
    write: (text: string) => {
      ran.out += text;
    },
    complain: (text: string) => {
      ran.err += text;
    },
  };
  return { ran, output };
}
