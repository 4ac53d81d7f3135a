// The events of recorded sessions in a form for other tools or for people; behind the command line and the panel.
// Invariant: a record that does not hold is exported up to the fault; the verdicts say so.
import { randomBytes } from 'node:crypto';
import { encodeEvent } from '../core/session/codec.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { EventRows, transcriptLine } from '../core/session/exportEvents.ts';
import { exportHtml, type HtmlSession } from '../core/session/exportHtml.ts';
import { Redactor } from '../core/session/redact/redactor.ts';
import { redactEvent } from '../core/session/redactEvent.ts';
import { SummaryFold } from '../core/session/sessionSummary.ts';
import { type SessionVerdict, verdictText } from '../core/session/verdict.ts';
import { recordingTexts } from './exportCast.ts';
import { type Trust, verifySession } from './verifySession.ts';

export type LogFormat = 'jsonl' | 'csv' | 'txt' | 'html';
type Change = ((event: AuditEvent) => AuditEvent) | undefined;

/** Marks of one export can be compared with each other, and with nothing else. */
export function exportRedaction(): Change {
  const key = randomBytes(32);
  const redactor = new Redactor({ key: () => key, known: [] });
  return (event) => redactEvent(event, (text) => redactor.text(text));
}

/** All in one text, and what checking each session came to. `change` is applied to every event. */
export function exportText(
  format: LogFormat,
  folders: readonly string[],
  trust: Trust,
  change: Change,
): { text: string; verdicts: SessionVerdict[] } {
  const verdicts: SessionVerdict[] = [];
  const parts: string[] = format === 'csv' ? [EventRows.head()] : [];
  const pages: HtmlSession[] = [];
  for (const folder of folders) {
    if (format === 'html') {
      const page = htmlSession(folder, trust, change);
      pages.push(page.session);
      verdicts.push(page.verdict);
      continue;
    }
    const lineOf = lineWriter(format, change);
    const verdict = verifySession(folder, trust, (event, _hash, line) => {
      parts.push(lineOf(event, line));
    });
    verdicts.push(verdict);
    if (format === 'txt') {
      parts.push(`       ${verdictText(verdict)}\n\n`, recordingTexts(folder), '\n');
    }
  }
  return { text: format === 'html' ? exportHtml(pages) : parts.join(''), verdicts };
}

function lineWriter(
  format: Exclude<LogFormat, 'html'>,
  change: Change,
): (event: AuditEvent, line: Buffer) => string {
  const changed = (event: AuditEvent) => (change ? change(event) : event);
  if (format === 'csv') {
    const rows = new EventRows();
    return (event) => rows.row(changed(event));
  }
  if (format === 'txt') return (event) => `${transcriptLine(changed(event))}\n`;
  // As they stand in the log, so that they can still be checked; a changed line has no hash any more.
  return (event, line) => `${change ? encodeEvent(change(event)) : line.toString('utf8')}\n`;
}

function htmlSession(
  folder: string,
  trust: Trust,
  change: Change,
): { session: HtmlSession; verdict: SessionVerdict } {
  const events: AuditEvent[] = [];
  const fold = new SummaryFold();
  const verdict = verifySession(folder, trust, (event) => {
    fold.add(event);
    events.push(change ? change(event) : event);
  });
  const { session } = verdict;
  const title = `${fold.summary.startedAt?.slice(0, 10) ?? ''} ${session}`.trim();
  const isSound = verdict.state === 'sound';
  const { summary } = fold;
  return {
    session: { title, summary, proof: verdictText(verdict), isSound, events },
    verdict,
  };
}
