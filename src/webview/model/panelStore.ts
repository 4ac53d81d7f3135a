// What the panel knows: takes the host's messages in order and says what a screen reader has to be told.
// Invariant: a change that does not follow on the last one is never applied; a new snapshot is asked for instead.
import type { AuditEvent } from '../../core/session/events.ts';
import { showText } from '../../shared/display.ts';
import type {
  DecisionSummary,
  GateStatus,
  GrantPreview,
  HeldItem,
  ToPanel,
} from '../../shared/protocol.ts';
import type { SessionMessage } from '../../shared/sessionProtocol.ts';
import { LogStore, submissionOf } from './logStore.ts';
import { isGrave, stakes } from './words.ts';

export interface Announcement {
  text: string;
  /** Interrupts what is being read. */
  isUrgent: boolean;
}

export interface Taken {
  announcements: readonly Announcement[];
  /** A message was missed. */
  needsSnapshot: boolean;
  /** Commands that came to wait or do not wait any more. */
  heldChanged: boolean;
  /** A command about which something new is known. */
  changed: string | undefined;
}

const NOTHING: Taken = {
  announcements: [],
  needsSnapshot: false,
  heldChanged: false,
  changed: undefined,
};

const NO_STATUS: GateStatus = {
  degraded: undefined,
  observe: false,
  lockdown: undefined,
  session: undefined,
  logFolder: undefined,
  actions: [],
};

/** The messages that change something; `reveal` is a matter of the view. */
type Change = Exclude<ToPanel, { type: 'reveal' } | SessionMessage>;

export class PanelStore {
  isReady = false;
  held: readonly HeldItem[] = [];
  log = new LogStore();
  status: GateStatus = NO_STATUS;
  summary: DecisionSummary | undefined;
  details: { submission: string; events: readonly AuditEvent[] } | undefined;
  /** A held command with its secrets, while a person looks at it. */
  unmasked: { submission: string; command: string } | undefined;
  preview: { request: number; preview: GrantPreview } | undefined;
  /** Why the last wish was not done. */
  refusal: { submission: string | undefined; why: string } | undefined;
  private revision = 0;

  heldItem(id: string): HeldItem | undefined {
    return this.held.find((item) => item.id === id);
  }

  take(message: Change): Taken {
    switch (message.type) {
      case 'snapshot':
        return this.takeSnapshot(message);
      case 'event':
      case 'held':
      case 'status':
      case 'summary':
        return this.takeNext(message);
      case 'page':
        // A page that was asked for before the last snapshot does not fit any more.
        if (message.before === this.log.oldest) this.log.prepend(message.events, message.earlier);
        return NOTHING;
      case 'details':
        this.details = message;
        return NOTHING;
      case 'unmasked':
        this.unmasked = message;
        return NOTHING;
      case 'grantPreview':
        this.preview = message;
        return NOTHING;
      case 'refused':
        this.refusal = message;
        return { ...NOTHING, announcements: [{ text: message.why, isUrgent: true }] };
    }
  }

  private takeSnapshot(message: Extract<ToPanel, { type: 'snapshot' }>): Taken {
    this.isReady = true;
    this.revision = message.revision;
    this.log = new LogStore(message.events, message.earlier);
    this.status = message.status;
    this.summary = message.summary;
    this.details = undefined;
    return this.takeHeld(message.held);
  }

  private takeNext(message: Extract<ToPanel, { revision: number }>): Taken {
    if (!this.isReady || message.revision <= this.revision) return NOTHING;
    if (message.revision !== this.revision + 1) return { ...NOTHING, needsSnapshot: true };
    this.revision = message.revision;
    switch (message.type) {
      case 'event':
        this.log.append(message.event);
        return { ...NOTHING, changed: submissionOf(message.event) };
      case 'held':
        return this.takeHeld(message.held);
      case 'status':
        return this.takeStatus(message.status);
      case 'summary':
        this.summary = message.summary;
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  private takeHeld(held: readonly HeldItem[]): Taken {
    const before = new Set(this.held.map(({ token }) => token));
    const fresh = held.filter(({ token }) => !before.has(token));
    const heldChanged = fresh.length > 0 || held.length !== this.held.length;
    this.held = held;
    // What is not held any more is not kept with its secrets.
    if (this.unmasked && !this.heldItem(this.unmasked.submission)) this.unmasked = undefined;
    return { ...NOTHING, heldChanged, announcements: announceHolds(fresh, held.length) };
  }

  private takeStatus(status: GateStatus): Taken {
    const wasLocked = this.status.lockdown !== undefined;
    const wasDegraded = this.status.degraded !== undefined;
    this.status = status;
    const announcements: Announcement[] = [];
    if (status.lockdown && !wasLocked) {
      announcements.push({ text: 'The agent was stopped. Nothing runs.', isUrgent: true });
    }
    if (status.degraded !== undefined && !wasDegraded) {
      announcements.push({ text: 'Commands cannot be read; every one asks.', isUrgent: false });
    }
    return { ...NOTHING, announcements };
  }
}

/** A burst is one announcement. */
function announceHolds(fresh: readonly HeldItem[], waiting: number): Announcement[] {
  const [first] = fresh;
  if (!first) return [];
  const isUrgent = fresh.some(({ level }) => isGrave(level));
  if (fresh.length > 1) return [{ text: `${waiting} commands wait for you.`, isUrgent }];
  const { level, score, agent, command, assessment } = first;
  const why = [assessment.headline, ...stakes(assessment.questions)].join(' ');
  const text = `Command held: ${level}, score ${score}. ${showText(agent)} asks to run: ${showText(command).slice(0, 200)}. ${showText(why)}`;
  return [{ text, isUrgent }];
}
