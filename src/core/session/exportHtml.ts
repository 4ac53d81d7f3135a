// A session as one page of HTML to hand on: nothing is loaded, nothing runs in it.
// Invariant: every text from the log is escaped; the page has no script and its policy allows none.
import type { Level } from '../risk/types.ts';
import { showText } from './display.ts';
import type { AuditEvent } from './events.ts';
import { eventText } from './eventText.ts';
import { submissionOf } from './exportEvents.ts';
import type { SessionSummary } from './sessionSummary.ts';

export interface HtmlSession {
  title: string;
  summary: SessionSummary;
  /** What checking the record came to. */
  proof: string;
  isSound: boolean;
  events: readonly AuditEvent[];
}

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #8884; }
code, .cmd { font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.level { font-weight: 600; white-space: nowrap; }
.LOW { color: #1a7f37; } .MEDIUM { color: #8a6100; } .HIGH { color: #bc4c00; } .CRITICAL { color: #cf222e; }
.proof { border-left: 4px solid #1a7f37; padding: .3rem .8rem; } .proof.broken { border-color: #cf222e; }
@media (prefers-color-scheme: dark) {
  .LOW { color: #3fb950; } .MEDIUM { color: #d29922; } .HIGH { color: #f0883e; } .CRITICAL { color: #ff7b72; }
}`;

/** The whole page. */
export function exportHtml(sessions: readonly HtmlSession[]): string {
  const title = sessions.length === 1 ? (sessions[0]?.title ?? '') : `${sessions.length} sessions`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>Interlock: ${shown(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${sessions.map(sessionHtml).join('\n')}
</body>
</html>
`;
}

function sessionHtml({ title, summary, proof, isSound, events }: HtmlSession): string {
  const levels = (Object.entries(summary.levels) as [Level, number][])
    .map(([level, count]) => `<span class="level ${level}">${count} ${level}</span>`)
    .join(', ');
  const { commands, ran, held, approved, denied, expired, withdrawn } = summary;
  const rows = new LevelRows();
  return `<h1>Session ${shown(title)}</h1>
<p class="proof${isSound ? '' : ' broken'}">${shown(proof)}</p>
<p>${commands} commands (${levels}): ${ran} ran, ${held} held; ${approved} approved, ${denied} denied, ${expired} expired, ${withdrawn} withdrawn.<br>
Agents: ${shown(summary.agents.join(', ') || 'none')}. Workspace: <code>${shown(summary.workspace ?? '')}</code></p>
<table>
<thead><tr><th scope="col">#</th><th scope="col">Time (UTC)</th><th scope="col">Event</th><th scope="col">Level</th><th scope="col">What</th></tr></thead>
<tbody>
${events.map((event) => rows.row(event)).join('\n')}
</tbody>
</table>`;
}

/** Rows that repeat the level of the command that they are about. */
class LevelRows {
  private readonly levels = new Map<string, Level>();

  row(event: AuditEvent): string {
    const id = submissionOf(event);
    if (event.type === 'assessment') this.levels.set(event.submission, event.assessment.level);
    const level = id === undefined ? undefined : this.levels.get(id);
    const cells = [
      `<td>${event.seq + 1}</td>`,
      `<td>${shown(event.ts.slice(0, 19).replace('T', ' '))}</td>`,
      `<td>${shown(event.type)}</td>`,
      `<td class="level ${level ?? ''}">${level ?? ''}</td>`,
      `<td class="cmd">${escapeHtml(eventText(event))}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function shown(text: string): string {
  return escapeHtml(showText(text));
}

/** For text in which everything is visible already. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
