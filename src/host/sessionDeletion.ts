// Asks a person before the record of a session is deleted.
import { showInMessage } from '../core/session/display.ts';
import type { ListedSession } from '../node/sessionStore.ts';
import { count } from './messages.ts';
import type { Prompts } from './prompts.ts';
import type { SessionKeeper } from './sessionKeeper.ts';

/** Asks in a modal and deletes the session; for the panel as well. True where it was deleted. */
export async function deleteAsked(
  listed: ListedSession,
  { keeper, prompts }: { keeper: SessionKeeper; prompts: Prompts },
): Promise<boolean> {
  const { label, description, detail } = entryOf(listed);
  const remove = 'Delete';
  const answer = await prompts.modal(
    `Delete the record of session ${label}?`,
    `${description}\n${detail}\n\nIts log and its recordings cannot be brought back. What stays is a note in the log of the running session that it was there, and that it was deleted.`,
    // The first button takes a stray Enter.
    ['Keep', remove],
  );
  if (answer !== remove) return false;
  await keeper.delete(listed.folder);
  prompts.inform(`The record of session ${label} is deleted.`);
  return true;
}

/** What a person sees of a session in a list. */
export function entryOf({ day, session, summary, size, verdict }: ListedSession): {
  label: string;
  description: string;
  detail: string;
} {
  const agents = summary.agents.join(', ') || 'no agent';
  const { commands, held, denied } = summary;
  return {
    label: showInMessage(`${day} ${session}`),
    description: showInMessage(agents),
    detail: showInMessage(
      `${count(commands, 'command')}, ${held} held, ${denied} denied, ${(size / 1e6).toFixed(1)} MB, ${verdict.state}`,
    ),
  };
}
