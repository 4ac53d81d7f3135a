// Asks a person about each hold with one toast; many at once become one that says how many wait.
// Invariants: closing a toast is no decision; a CRITICAL command is approved only in a modal that asks for a word; the
// first button of a toast decides nothing, because a command of the editor that any extension can run presses it (I9).
import { showInMessage } from '../core/session/display.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { isGrave, manyText, toastText } from './approvalText.ts';
import { askInModal } from './confirmation.ts';
import { textOf } from './errors.ts';
import type { GateService } from './gateService.ts';
import type { HoldAnswer } from './gateTypes.ts';
import type { Disposable } from './panelModel.ts';
import type { Prompts } from './prompts.ts';

export interface NotificationDeps {
  gate: Pick<GateService, 'onDidHold' | 'decide' | 'held'>;
  prompts: Prompts;
  /** Shows the hold in the panel. */
  showDetails(id: string): Promise<void>;
  /** Shows all holds in the panel. */
  showHeld(): Promise<void>;
  /** Calls back once after this many milliseconds. */
  schedule(milliseconds: number, callback: () => void): Disposable;
  report(problem: string): void;
}

/** The editor shows no more than this many at once. */
const MOST_TOASTS = 3;
/** Holds that come within this time of each other are told together, but none waits for more than a few of these. */
const BURST_MS = 250;
const MOST_BURSTS = 6;

/** What an answer needs. */
interface Answering {
  gate: Pick<GateService, 'decide'>;
  prompts: Prompts;
}

/** Starts to ask. */
export function registerNotifications(deps: NotificationDeps): Disposable {
  const toasts = new HoldToasts(deps);
  return deps.gate.onDidHold((item) => toasts.add(item));
}

/** Answers a hold in a person's name; tells where the answer came too late. True where it was taken. */
export function giveAnswer(
  item: HeldItem,
  answer: Omit<HoldAnswer, 'token' | 'sha256'>,
  { gate, prompts }: Answering,
): boolean {
  const { token, sha256 } = item;
  const refusal = gate.decide(item.id, { token, sha256, ...answer });
  if (refusal !== undefined) prompts.inform(showInMessage(refusal));
  return refusal === undefined;
}

/** Asks in a modal whether to run it; nothing happens where it is cancelled. */
export async function approveInModal(item: HeldItem, deps: Answering): Promise<void> {
  const answer = await askInModal(item, deps.prompts);
  if (answer) giveAnswer(item, answer, deps);
}

class HoldToasts {
  /** Not told about yet. */
  private fresh: HeldItem[] = [];
  private readonly told = new Set<string>();
  private open = 0;
  /** Toasts about many that nobody has answered; of one that was not grave the editor may have hidden it. */
  private openMany = 0;
  private isManyGrave = false;
  private timer: Disposable | undefined;

  constructor(private readonly deps: NotificationDeps) {}

  add(item: HeldItem): void {
    this.fresh.push(item);
    if (!this.timer) this.wait(1);
  }

  private wait(turn: number): void {
    const before = this.fresh.length;
    this.timer = this.deps.schedule(BURST_MS, () => {
      this.timer = undefined;
      if (this.fresh.length > before && turn < MOST_BURSTS) this.wait(turn + 1);
      else this.tell();
    });
  }

  private tell(): void {
    const isWorse = !this.isManyGrave && this.fresh.some(isGrave);
    if (this.openMany > 0 && !isWorse) return;
    const waiting = new Set(this.deps.gate.held.map(({ token }) => token));
    const items = this.fresh.filter(({ token }) => waiting.has(token));
    this.fresh = [];
    if (items.length === 0) return;
    if (this.openMany > 0 || items.length + this.open > MOST_TOASTS) this.run(this.askAboutMany());
    else for (const item of items) this.run(this.askAbout(item));
    for (const { id } of items) this.told.add(id);
  }

  private run(asking: Promise<void>): void {
    asking.catch((error: unknown) =>
      this.deps.report(`A held command could not be shown: ${textOf(error)}`),
    );
  }

  private async askAboutMany(): Promise<void> {
    const { gate, prompts, showHeld } = this.deps;
    const { held } = gate;
    this.openMany += 1;
    const isBad = held.some(isGrave);
    if (isBad) this.isManyGrave = true;
    try {
      const buttons = ['Show', 'Deny All'] as const;
      const choice = await prompts.toast(manyText(held), buttons, isBad);
      if (choice === 'Show') await showHeld();
      // Only what the toast counted: what came later has not been told about.
      const answer = { answer: 'deny', where: 'notification', message: undefined } as const;
      if (choice === 'Deny All') for (const item of held) giveAnswer(item, answer, this.deps);
    } finally {
      this.openMany -= 1;
      if (isBad) this.isManyGrave = false;
      if (this.fresh.length > 0) this.tell();
    }
  }

  private async askAbout(item: HeldItem): Promise<void> {
    const { prompts, showDetails, gate } = this.deps;
    const text = toastText(item, this.told.has(item.id), gate.held.length - 1);
    this.open += 1;
    const buttons = ['Details', 'Approve', 'Deny'] as const;
    const choice = await prompts.toast(text, buttons, isGrave(item)).finally(() => {
      this.open -= 1;
    });
    const where = 'notification';
    switch (choice) {
      case 'Approve':
        if (item.confirmWord !== undefined) return approveInModal(item, this.deps);
        giveAnswer(item, { answer: 'approve', where, message: undefined }, this.deps);
        return undefined;
      case 'Deny':
        giveAnswer(item, { answer: 'deny', where, message: undefined }, this.deps);
        return undefined;
      case 'Details':
        return showDetails(item.id);
      case undefined:
        return undefined;
    }
  }
}
