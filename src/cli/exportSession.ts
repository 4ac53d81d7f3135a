// `interlock export`: the events of recorded sessions in a form for other tools or for people.
// Invariant: a record that does not hold is exported up to the fault, and that is said.
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { encodeEvent } from '../core/session/codec.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { EventRows, transcriptLine } from '../core/session/exportEvents.ts';
import { exportHtml, type HtmlSession } from '../core/session/exportHtml.ts';
import { Redactor } from '../core/session/redact/redactor.ts';
import { redactEvent } from '../core/session/redactEvent.ts';
import { SummaryFold } from '../core/session/sessionSummary.ts';
import { type SessionVerdict, verdictText } from '../core/session/verdict.ts';
import { sessionFolders } from '../node/sessionFiles.ts';
import { type Trust, verifySession } from '../node/verifySession.ts';
import { exportCast, recordingTexts } from './exportCast.ts';
import { findTrust } from './findTrust.ts';
import type { Output } from './output.ts';
import type { ExportFormat, RecordRequest } from './recordArguments.ts';

type ExportRequest = Extract<RecordRequest, { kind: 'export' }>;
type LogFormat = Exclude<ExportFormat, 'cast' | 'cast2'>;
type Change = ((event: AuditEvent) => AuditEvent) | undefined;

/** Returns the exit code: 0, 1 where a record is broken, 2 where there is nothing to export. */
export function runExport(request: ExportRequest, output: Output): number {
  let text = '';
  let verdicts: SessionVerdict[];
  try {
    const folders = sessionFolders(request.place);
    const trust = findTrust(request.place, folders, request.trust);
    const change = request.isRedacted ? redaction() : undefined;
    if (request.format === 'cast' || request.format === 'cast2') {
      const { format, isRedacted, recording } = request;
      const cast = exportCast(folders, { format, isRedacted, recording });
      if (cast.notice !== undefined) output.complain(`${cast.notice}\n`);
      text = cast.text;
      verdicts = folders.map((folder) => verifySession(folder, trust));
    } else {
      const made = exportText(request.format, folders, trust, change);
      verdicts = made.verdicts;
      text = made.text;
    }
    if (request.out !== undefined) fs.writeFileSync(request.out, text, { mode: 0o600 });
  } catch (error) {
    output.complain(`Nothing was exported: ${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
  if (verdicts.length === 0) {
    output.complain(`There is no recorded session in ${request.place}.\n`);
    return 2;
  }
  if (request.out === undefined) output.write(text);
  const broken = verdicts.filter(({ state }) => state !== 'sound');
  for (const verdict of broken) {
    output.complain(`${verdict.folder} is exported up to a fault: ${verdictText(verdict)}\n`);
  }
  return broken.length > 0 ? 1 : 0;
}

/** Marks of one export can be compared with each other, and with nothing else. */
function redaction(): Change {
  const key = randomBytes(32);
  const redactor = new Redactor({ key: () => key, known: [] });
  return (event) => redactEvent(event, (text) => redactor.text(text));
}

function exportText(
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
