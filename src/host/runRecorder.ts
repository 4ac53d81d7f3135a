// Begins the recording of one command, and decides what follows where that is not possible.
// Invariant: with `deny` a command that cannot be recorded does not run; with `warn` the log and the person are told first.
import type { Submission } from '../core/gate/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { cutMiddle, showText } from '../core/session/display.ts';
import type { RedactedCommand } from '../core/session/redact/redactCommand.ts';
import type { RunRecording } from '../node/runRecording.ts';
import { HumanError, textOf } from './errors.ts';
import type { FlowDeps } from './flowDeps.ts';

const MOST_LABEL = 160;
const MOST_SHOWN = 2000;

export interface RunToRecord {
  submission: Submission;
  redacted: RedactedCommand;
  assessment: Assessment;
  /** `allowed` or `approved`. */
  how: string;
  size: { columns: number; rows: number };
  /** Called where the recording breaks off. */
  onFailure(why: string): void;
}

/** The recording; undefined where there is none and the command may run without. Rejects where it must not run. */
export async function recordRun(
  run: RunToRecord,
  deps: FlowDeps,
): Promise<RunRecording | undefined> {
  const { submission, size, onFailure, redacted } = run;
  try {
    return await deps.record.startRun(submission.session, {
      submission: submission.id,
      label: labelOf(run),
      shown: cutMiddle(showText(redacted.text), MOST_SHOWN),
      ...size,
      onFailure,
    });
  } catch (error) {
    const why = textOf(error);
    if (deps.onRecordingFailure() === 'deny') {
      throw new HumanError(
        `The command cannot be recorded: ${why}. Make room or give access to the session's folder; commands run again when it can be written. (The setting interlock.recording.onFailure lets them run without a recording.)`,
        { cause: error },
      );
    }
    deps.record.append(submission.session, {
      type: 'recording.failed',
      submission: submission.id,
      why,
    });
    deps.report(
      `A command runs without a recording, as interlock.recording.onFailure says: ${why}.`,
    );
    return undefined;
  }
}

/** In the jump list of a player. */
export function labelOf({
  assessment,
  how,
  redacted,
}: Pick<RunToRecord, 'assessment' | 'how' | 'redacted'>): string {
  const { level, score } = assessment;
  return `${level} ${score} ${how} ${cutMiddle(showText(redacted.text), MOST_LABEL)}`;
}
