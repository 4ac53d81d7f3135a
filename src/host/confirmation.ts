// Asks in a native modal whether a held command shall run; a CRITICAL one also for a word that a person types.
// Invariant: neither can be answered by an extension, by an agent's command or by the panel (I8, I9).
import type { HeldItem } from '../shared/protocol.ts';
import { isGrave, modalText } from './approvalText.ts';
import type { HoldAnswer } from './gateTypes.ts';
import type { Prompts } from './prompts.ts';

type Asking = Pick<Prompts, 'modal' | 'type'>;

/** What the person answered; undefined where they took it back, so that nothing is decided. */
export async function askInModal(
  item: HeldItem,
  prompts: Asking,
): Promise<Omit<HoldAnswer, 'token' | 'sha256'> | undefined> {
  const { question, detail } = modalText(item);
  const { confirmWord } = item;
  const approve = confirmWord === undefined ? 'Approve' : 'Approve…';
  // The first button takes an Enter that was meant for an editor: any extension can bring this modal up.
  const buttons = isGrave(item) ? (['Deny', approve] as const) : ([approve, 'Deny'] as const);
  const choice = await prompts.modal(question, detail, buttons);
  if (choice === undefined) return undefined;
  if (choice === 'Deny') return { answer: 'deny', where: 'modal', message: undefined };
  const approval = { answer: 'approve', where: 'modal', message: undefined } as const;
  if (confirmWord === undefined) return approval;
  const typedWord = await askForWord(confirmWord, prompts);
  return typedWord === undefined ? undefined : { ...approval, typedWord };
}

async function askForWord(word: string, prompts: Asking): Promise<string | undefined> {
  const typed = await prompts.type(
    'Run this CRITICAL command?',
    `Type "${word}" to run it. Escape leaves it held.`,
    (text) => (text.trim() === word ? undefined : `Type "${word}", letter by letter.`),
  );
  return typed?.trim() === word ? word : undefined;
}
