// What checking a recorded session came to, and the words for it.
// Invariant: the words never promise more than was checked.

/** The first thing that does not belong. `text` is the start of the line, as it stands there. */
export interface LogFault {
  kind: 'broken' | 'unreadable';
  file: string;
  /** Counted from 1 within the file; undefined where the whole file is meant. */
  line: number | undefined;
  why: string;
  text: string | undefined;
}

/** `open`: signed up to a line, and not closed. `none`: nothing signed says how far it went. */
export type HeadState = 'closed' | 'open' | 'none';

export interface SessionVerdict {
  session: string;
  folder: string;
  state: 'sound' | 'broken' | 'unreadable';
  fault: LogFault | undefined;
  head: HeadState;
  /** Lines that the signed head covers. */
  signedLines: number;
  /** Whether the signature is by a key that is known to be this machine's. */
  isKeyKnown: boolean;
  events: number;
  bytes: number;
  lastHash: string | undefined;
  /** Last line, where the log was ended. */
  ended: 'window' | 'recovery' | undefined;
  tornBytes: number;
  /** Recordings of which every byte was checked. */
  recordings: number;
  /** When the last line was written (ISO); undefined where there is none. */
  lastAt: string | undefined;
}

/** Said once under every verification: what no check of files can show. */
export const NOT_PROVED =
  "Not proved by any of this: what somebody did who can read the editor's secret storage, and an old copy of a log put back together with its old head.";

/** One sentence: what was found. */
export function verdictText(verdict: SessionVerdict): string {
  const { fault, tornBytes } = verdict;
  if (fault) {
    const line = fault.line === undefined ? '' : `, line ${fault.line}`;
    return `${fault.file}${line}: ${fault.why}.`;
  }
  const torn = tornBytes > 0 ? ` ${tornBytes} bytes of a line that was not finished follow.` : '';
  return `${proofText(verdict)}${torn}`;
}

function proofText({ events, head, signedLines, isKeyKnown, lastHash }: SessionVerdict): string {
  const lines = `All ${events} lines are whole and in order`;
  if (events === 0) {
    return 'It has no line, and no signed head was found: the window died before it wrote one, or all was taken away.';
  }
  if (head === 'none') {
    return `${lines}, but no signed head was found: lines cut off the end, or a log written anew, would not show.`;
  }
  const whose = isKeyKnown
    ? ''
    : ' The key that signed is named only by the log itself: give the public key of the machine to know that it is the right one.';
  if (head === 'closed') {
    return `${lines}, and the signed head (${lastHash?.slice(0, 8)}) shows that the log was closed after the last.${whose}`;
  }
  const rest = events - signedLines;
  const after =
    rest === 0
      ? ''
      : ` The last ${rest} ${rest === 1 ? 'is' : 'are'} chained to them, but not signed yet.`;
  return `${lines}, and the signed head covers the first ${signedLines}.${after} The log is not closed: the session goes on, or its window died.${whose}`;
}
