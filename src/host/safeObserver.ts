// What shows a submission may fail without touching it.
import { textOf } from './errors.ts';
import type { SubmissionObserver } from './gateTypes.ts';

/** The same observer; it never throws, and its faults are reported. */
export function safeObserver(
  observer: SubmissionObserver,
  report: (problem: string) => void,
): Required<SubmissionObserver> {
  const tried = (call: () => void) => {
    try {
      call();
    } catch (error) {
      report(`A command could not be shown: ${textOf(error)}`);
    }
  };
  return {
    onHeld: (item) => tried(() => observer.onHeld?.(item)),
    onRead: (command) => tried(() => observer.onRead?.(command)),
    onStart: (start) => tried(() => observer.onStart?.(start)),
    onNotice: (text) => tried(() => observer.onNotice?.(text)),
    onOutput: (data) => tried(() => observer.onOutput?.(data)),
  };
}
