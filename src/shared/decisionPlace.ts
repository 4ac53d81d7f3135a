// Where a decision was made, in words; host, log and panel say the same.

const PLACES: Readonly<Record<string, string>> = {
  notification: 'in the notification',
  panel: 'in the panel',
  modal: 'in the dialog',
  command: 'by command',
  'Stop Agent': 'by Stop Agent',
  'Ctrl-C in the terminal': 'with Ctrl-C in the terminal',
};

/** With a space before it; empty where the place is not known. */
export function decisionPlace(where: string | undefined): string {
  return where === undefined ? '' : ` ${PLACES[where] ?? `in ${where}`}`;
}
