// The gate as the panel sees it: what there is to show, in order, and what a person may do there.
// Invariants: an answer counts only with the token of its hold; what lasts or is CRITICAL is asked about natively as well (I8, I9).
import { exactText } from '../core/policy/ruleMatch.ts';
import type { AuditEvent } from '../core/session/events.ts';
import { readSession } from '../node/readSession.ts';
import {
  type DecisionSummary,
  type GateStatus,
  type GrantChoice,
  type GrantPreview,
  type HeldItem,
  PROTOCOL_VERSION,
  type ToPanel,
} from '../shared/protocol.ts';
import { askInModal } from './confirmation.ts';
import { suggested, summaryOf } from './decisionSummary.ts';
import { Emitter } from './emitter.ts';
import { HumanError, textOf } from './errors.ts';
import type { GateService } from './gateService.ts';
import { grantQuestion, previewText } from './grantText.ts';
import { type EventPage, PanelEvents } from './panelEvents.ts';
import type {
  Disposable,
  PanelAnswer,
  PanelEdit,
  PanelModel,
  PanelPolicy,
  Snapshot,
} from './panelModel.ts';
import type { PolicyDesk } from './policyDesk.ts';
import type { Prompts } from './prompts.ts';
import type { RuleTester } from './ruleTester.ts';

const v = PROTOCOL_VERSION;

type Message<T extends ToPanel['type']> = Extract<ToPanel, { type: T }>;

export interface GatePanelOptions {
  gate: GateService;
  desk: PolicyDesk;
  tester: RuleTester;
  prompts: Prompts;
  copyText(text: string): Promise<void>;
  report(problem: string): void;
}

const NEWLY_SHOWN = 5;

export class GatePanel implements PanelModel, PanelPolicy {
  private revision = 0;
  private readonly messages: Emitter<ToPanel>;
  private readonly events: PanelEvents;

  constructor(private readonly options: GatePanelOptions) {
    const { gate, report } = options;
    this.messages = new Emitter((error) => report(`A change could not be shown: ${textOf(error)}`));
    this.events = new PanelEvents((onEvent) => {
      if (gate.place) readSession(gate.place.folder, onEvent);
    });
    gate.onEvent((event) => this.tellEvent(event));
    gate.onDidChangeState(() => {
      this.tell({ v, type: 'held', revision: 0, held: gate.held });
      this.tell({ v, type: 'status', revision: 0, status: this.status });
    });
  }

  snapshot(): Snapshot {
    const { gate } = this.options;
    return {
      v,
      type: 'snapshot',
      revision: this.revision,
      held: gate.held,
      ...this.events.newest(),
      status: this.status,
      summary: this.summary,
    };
  }

  onDidChange(listener: (message: ToPanel) => void): Disposable {
    return this.messages.listen(listener);
  }

  /** Asks the panel to show a submission. */
  reveal(submission: string): void {
    this.messages.fire({ v, type: 'reveal', submission });
  }

  async answer(message: PanelAnswer): Promise<string | undefined> {
    const { submission, token, sha256, answer, grant } = message;
    const item = this.heldItem(submission);
    const proof = { token, sha256 };
    if (answer === 'approve' && item?.confirmWord !== undefined)
      return this.answerCritical(item, proof, grant);
    const refusal = grant && item ? this.refusalOf(grant, item) : undefined;
    if (refusal !== undefined) return refusal;
    const words = { answer, message: message.message, where: 'panel' } as const;
    const why = this.options.gate.decide(submission, { ...proof, ...words });
    // The grant is kept only with an approval that was taken.
    if (why === undefined && grant && item) this.keepGrant(grant, item);
    return why;
  }

  private keepGrant(grant: GrantChoice, { command, cwd, assessment }: HeldItem): void {
    this.options.desk.addGrant(grant, { command, cwd, facts: assessment.facts });
  }

  async previewGrant(submission: string, grant: GrantChoice): Promise<GrantPreview> {
    const item = this.heldItem(submission);
    if (!item) return noPreview('This command does not wait any more.');
    const refused = this.refusalOf(grant, item);
    if (refused !== undefined || grant.upTo === 'CRITICAL') return noPreview(refused ?? '');
    const { kind, match, upTo } = grant;
    const place = grant.scope === 'always' ? {} : { folder: item.cwd };
    const { tester, desk } = this.options;
    const effect = await tester.grant({ kind, match, upTo, ...place }, desk.policy);
    const { matched, outOf, newlyAllowed } = effect;
    return {
      refused: undefined,
      matched,
      outOf,
      newlyAllowed: newlyAllowed
        .slice(0, NEWLY_SHOWN)
        .map(({ command, level }) => ({ command, level })),
      newlyAllowedCount: newlyAllowed.length,
      text: previewText(grant, effect),
    };
  }

  async editAndRun({ submission, token, sha256, command }: PanelEdit): Promise<string | undefined> {
    return this.options.gate.edit(submission, { token, sha256 }, command);
  }

  /** The panel has no token for this, so a native modal asks. */
  async takeSuggestion(id: string): Promise<string | undefined> {
    const { gate, desk, prompts } = this.options;
    const entry = suggested(id, gate.recordedEvents, desk.policy);
    if (!entry || entry.level === 'CRITICAL') return 'This suggestion does not stand any more.';
    const { command, cwd, level: upTo } = entry;
    const grant: GrantChoice = {
      kind: 'exact',
      match: exactText(command),
      upTo,
      scope: 'workspace',
      expiry: 'month',
    };
    const { question, detail } = grantQuestion(grant, cwd);
    const choice = await prompts.modal(question, detail, ['Ask Me As Before', 'Allow']);
    if (choice !== 'Allow') return undefined;
    desk.addGrant(grant, entry);
    this.tellSummary();
    return undefined;
  }

  page(before: number): EventPage {
    return this.events.before(before);
  }

  details(submission: string): readonly AuditEvent[] {
    return this.events.of(submission);
  }

  original(submission: string): string | undefined {
    return this.options.gate.original(submission);
  }

  async copy(submission: string): Promise<void> {
    const original = this.original(submission);
    if (original !== undefined) return this.options.copyText(original);
    const command = this.events.commandOf(submission);
    if (command === undefined) throw new HumanError('This command is not known any more.');
    await this.options.copyText(command);
  }

  private async answerCritical(
    item: HeldItem,
    proof: { token: string; sha256: string },
    grant: GrantChoice | undefined,
  ): Promise<string | undefined> {
    if (grant) return 'An approval of a CRITICAL command is never kept. Approve it once.';
    const { gate, prompts } = this.options;
    const answer = await askInModal(item, prompts);
    if (!answer) return 'It was not approved: the question was closed, or the word was not typed.';
    return gate.decide(item.id, { ...proof, ...answer });
  }

  /** A grant has to be one of those that were offered for this hold, with the level that it had. */
  private refusalOf({ kind, match, upTo }: GrantChoice, { offers }: HeldItem): string | undefined {
    const isOffered = offers.some(
      (offer) => offer.kind === kind && offer.match === match && offer.upTo === upTo,
    );
    return isOffered ? undefined : 'This approval cannot be kept. Approve it once, or deny it.';
  }

  private heldItem(submission: string): HeldItem | undefined {
    return this.options.gate.held.find(({ id }) => id === submission);
  }

  private get status(): GateStatus {
    const { gate, desk } = this.options;
    const { place, degraded } = gate;
    const { lockdown } = desk;
    return {
      degraded,
      observe: desk.policy.observe,
      lockdown,
      session: place?.session,
      logFolder: place?.folder,
      actions: [
        ...(place ? (['openLog'] as const) : []),
        lockdown ? 'liftLockdown' : 'stopAgent',
        'testRules',
        'listGrants',
        'openSettings',
        'openWalkthrough',
      ],
    };
  }

  private get summary(): DecisionSummary {
    const { gate, desk } = this.options;
    return summaryOf(gate.recordedEvents, desk.policy);
  }

  private tellEvent(event: AuditEvent): void {
    this.tell({ v, type: 'event', revision: 0, event: this.events.add(event) });
    if (event.type === 'decision' || event.type === 'grant') this.tellSummary();
  }

  private tellSummary(): void {
    this.tell({ v, type: 'summary', revision: 0, summary: this.summary });
  }

  /** Sends a change with the next revision. */
  private tell(
    message: Message<'event'> | Message<'held'> | Message<'status'> | Message<'summary'>,
  ): void {
    this.revision += 1;
    this.messages.fire({ ...message, revision: this.revision });
  }
}

function noPreview(refused: string): GrantPreview {
  const nothing = { matched: 0, outOf: 0, newlyAllowed: [], newlyAllowedCount: 0 };
  return { refused, ...nothing, text: refused };
}
