// A recorded session behind the panel: answers the page as the host does, from events and a recording made here.

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CastWriter } from '../../src/core/session/castWriter.ts';
import type { AuditEvent } from '../../src/core/session/events.ts';
import { CLEAN_SCREEN } from '../../src/core/session/safeTerminal.ts';
import { SummaryFold } from '../../src/core/session/sessionSummary.ts';
import { PanelSessions } from '../../src/host/panelSessions.ts';
import { readSessionRequest } from '../../src/host/sessionMessages.ts';
import type { ToPanel } from '../../src/shared/protocol.ts';
import type { PanelPage } from './page.ts';

/** Lines of a recording with one mark for each command, `gap` seconds apart. */
export function castOf(
  commands: readonly { label: string; output: string }[],
  gap: number,
): string {
  const writer = new CastWriter();
  const lines = commands.flatMap(({ label, output }, index) => [
    // As the recorder does: what the command before left behind is put in order.
    writer.event(index * gap * 1000, 'o', CLEAN_SCREEN),
    writer.event(index * gap * 1000, 'm', `#${index + 1} ${label}`),
    writer.event(index * gap * 1000 + 100, 'o', `${output}\r\n`),
    writer.event(index * gap * 1000 + 200, 'i', 'y'),
  ]);
  const header = { columns: 80, rows: 24, timestamp: 1, title: 'sample' };
  return writer.header(header) + lines.join('');
}

/** What the host's side knows, on disk as far as it reads files. */
export class StoredHost {
  readonly asked: string[] = [];
  /** Characters of recordings that were sent. */
  recorded = 0;
  /** Types of all questions. */
  readonly questions: string[] = [];
  isRunning = false;
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-stored-'));
  private readonly sessions: PanelSessions;

  constructor(
    readonly session: string,
    private events: readonly AuditEvent[],
    cast: string,
  ) {
    fs.writeFileSync(path.join(this.folder, 'terminal.cast'), cast);
    this.sessions = new PanelSessions({
      keeper: {
        list: async () => [this.listed()],
        read: async () => ({ events: [...this.events], fault: undefined }),
        check: async () => this.listed(),
        isRunning: () => this.isRunning,
      },
      desk: {
        export: async () => void this.asked.push('export'),
        delete: async () => this.asked.push('delete') > 0,
        replay: async ({ mark }) => void this.asked.push(`replay ${mark}`),
        inform: (text) => this.asked.push(`inform ${text}`),
      },
    });
  }

  /** Answers everything that the page has asked since the last call. */
  async serve(panel: PanelPage): Promise<void> {
    for (const message of await panel.sent()) {
      const request = readSessionRequest({ ...message });
      if (!request) continue;
      this.questions.push(request.type);
      const answers: ToPanel[] = [];
      await this.sessions.handle(request, (answer) => answers.push(answer));
      for (const answer of answers) {
        if (answer.type === 'recording') this.recorded += answer.text.length;
        await panel.post(answer);
      }
    }
  }

  /** The session goes on. */
  grow(events: readonly AuditEvent[], cast: string): void {
    this.events = events;
    fs.writeFileSync(path.join(this.folder, 'terminal.cast'), cast);
  }

  close(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  private listed() {
    const fold = new SummaryFold();
    for (const event of this.events) fold.add(event);
    return {
      session: this.session,
      day: '2026-06-01',
      folder: this.folder,
      size: 12_345,
      recordings: ['terminal.cast'],
      summary: fold.summary,
      verdict: {
        session: this.session,
        folder: this.folder,
        state: 'sound' as const,
        fault: undefined,
        head: 'closed' as const,
        signedLines: this.events.length,
        isKeyKnown: true,
        events: this.events.length,
        bytes: 12_345,
        lastHash: 'abcdef0123456789',
        ended: 'window' as const,
        tornBytes: 0,
        recordings: 1,
        lastAt: undefined,
      },
    };
  }
}
