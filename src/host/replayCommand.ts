// `Interlock: Replay Session…`: picks a recorded session and a command in it, and plays it in a terminal.
import * as vscode from 'vscode';
import { showText } from '../core/session/display.ts';
import { findMark, marksOf } from '../core/session/playback.ts';
import { readRecording } from '../node/readRecordings.ts';
import type { ListedSession } from '../node/sessionStore.ts';
import { HumanError, textOf } from './errors.ts';
import { count } from './messages.ts';
import type { Prompts } from './prompts.ts';
import { ReplayTerminal } from './replayTerminal.ts';

export interface ReplayDeps {
  /** Recorded sessions of this workspace, newest first. */
  sessions(): Promise<readonly ListedSession[]>;
  prompts: Prompts;
  report(problem: string): void;
}

interface Wanted {
  folder: string;
  name: string;
  mark: string | undefined;
}

/** `request`: folder, recording and number of the command, from whoever calls; anything else lets the person pick. */
export async function replay(request: unknown, deps: ReplayDeps): Promise<void> {
  const wanted = readWanted(request);
  const sessions = (await deps.sessions()).filter(({ recordings }) => recordings.length > 0);
  // Whoever calls may only name what is listed: this is no way to read any file.
  const listed = wanted && sessions.find(({ folder }) => folder === wanted.folder);
  if (wanted && !listed?.recordings.includes(wanted.name)) {
    throw new HumanError('This recording is not there any more.');
  }
  const chosen = wanted ?? (await pick(sessions, deps));
  if (!chosen) return;
  const read = readRecording(chosen.folder, chosen.name);
  if (!read.ok) throw new HumanError(`${read.name} cannot be played: ${read.why}`);
  const { cast } = read;
  const from = chosen.mark === undefined ? undefined : findMark(marksOf(cast), chosen.mark);
  const pty = new ReplayTerminal({
    cast,
    from,
    schedule: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
    report: (error) => deps.report(textOf(error)),
  });
  const name = `Replay ${cast.header.title ?? ''}`.trim();
  vscode.window
    .createTerminal({ name, pty, isTransient: true, iconPath: new vscode.ThemeIcon('history') })
    .show();
}

async function pick(
  sessions: readonly ListedSession[],
  { prompts }: ReplayDeps,
): Promise<Wanted | undefined> {
  if (sessions.length === 0) {
    prompts.inform('No session of this workspace has a recording.');
    return undefined;
  }
  const entries = sessions.flatMap(({ day, session, summary, recordings, folder }) =>
    recordings.map((name) => ({
      label: `${day} ${session}`,
      description: showText(summary.agents.join(', ')),
      detail: `${count(summary.commands, 'command')} · ${name}`,
      folder,
      name,
    })),
  );
  const session = await vscode.window.showQuickPick(entries, {
    title: 'Which session shall be played?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!session) return undefined;
  const mark = await pickMark(session);
  return mark && { folder: session.folder, name: session.name, mark: mark.number };
}

async function pickMark({
  folder,
  name,
}: Omit<Wanted, 'mark'>): Promise<{ number: string | undefined } | undefined> {
  const read = readRecording(folder, name);
  const marks = read.ok ? marksOf(read.cast) : [];
  if (marks.length < 2) return { number: undefined };
  const entries = marks.map(({ label, at }) => ({
    label: showText(label),
    description: `${at.toFixed(1)} s`,
    number: /^#(\d+)/.exec(label)?.[1],
  }));
  return vscode.window.showQuickPick(
    [{ label: 'From the start', description: '', number: undefined }, ...entries],
    { title: 'From which command on?', matchOnDescription: true },
  );
}

function readWanted(value: unknown): Wanted | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { folder, name, mark } = value as Record<string, unknown>;
  if (typeof folder !== 'string' || typeof name !== 'string') return undefined;
  return { folder, name, mark: typeof mark === 'string' ? mark : undefined };
}
