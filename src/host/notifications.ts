// Asks a person about each hold with one toast.
// Invariants: closing a toast is no decision; a CRITICAL command is approved only in a modal that asks again.

import type { HeldItem } from '../shared/protocol.ts';
import { isGrave, modalText, toastText } from './approvalText.ts';
import { textOf } from './errors.ts';
import type { GateService } from './gateService.ts';
import type { HoldAnswer } from './gateTypes.ts';
import type { Disposable } from './panelModel.ts';
import type { Prompts } from './prompts.ts';

export interface NotificationDeps {
  gate: Pick<GateService, 'onDidHold' | 'decide'>;
  prompts: Prompts;
  /** Shows the hold in the panel. */
  showDetails(id: string): Promise<void>;
  report(problem: string): void;
}

/** Starts to ask. */
export function registerNotifications(deps: NotificationDeps): Disposable {
  const asked = new Set<string>();
  return deps.gate.onDidHold((item) => {
    const isAgain = asked.has(item.id);
    asked.add(item.id);
    ask(item, isAgain, deps).catch((error: unknown) =>
      deps.report(`A held command could not be shown: ${textOf(error)}`),
    );
  });
}

/** Answers a hold in a person's name; tells where the answer came too late. */
export function giveAnswer(
  item: HeldItem,
  answer: Omit<HoldAnswer, 'token' | 'sha256'>,
  { gate, prompts }: Pick<NotificationDeps, 'gate' | 'prompts'>,
): void {
  const { token, sha256 } = item;
  const refusal = gate.decide(item.id, { token, sha256, ...answer });
  if (refusal !== undefined) prompts.inform(refusal);
}

/** Asks in a modal whether to run it; nothing happens where it is cancelled. */
export async function approveInModal(
  item: HeldItem,
  deps: Pick<NotificationDeps, 'gate' | 'prompts'>,
): Promise<void> {
  const { question, detail } = modalText(item);
  // The first button takes a stray Enter.
  const buttons =
    item.level === 'CRITICAL' ? (['Deny', 'Approve'] as const) : (['Approve', 'Deny'] as const);
  const choice = await deps.prompts.modal(question, detail, buttons);
  if (choice === undefined) return;
  const answer = choice === 'Approve' ? 'approve' : 'deny';
  giveAnswer(item, { answer, where: 'modal', message: undefined }, deps);
}

async function ask(item: HeldItem, isAgain: boolean, deps: NotificationDeps): Promise<void> {
  const buttons = ['Approve', 'Deny', 'Details'] as const;
  const choice = await deps.prompts.toast(toastText(item, isAgain), buttons, isGrave(item));
  switch (choice) {
    case 'Approve':
      if (item.level === 'CRITICAL') return approveInModal(item, deps);
      return giveAnswer(
        item,
        { answer: 'approve', where: 'notification', message: undefined },
        deps,
      );
    case 'Deny':
      return giveAnswer(item, { answer: 'deny', where: 'notification', message: undefined }, deps);
    case 'Details':
      return deps.showDetails(item.id);
    case undefined:
      return undefined;
  }
}
