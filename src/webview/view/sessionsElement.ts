// Recorded sessions: the list of all, one with its recording and its events, one command of it.
// Invariant: it changes nothing by itself; what is done with a session is asked of the host.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { TimelineFilter } from '../../core/session/timeline.ts';
import type { FoundOutput, SessionRequest, StoredSession } from '../../shared/sessionProtocol.ts';
import type { Route } from '../model/route.ts';
import { type OpenSession, SessionsStore } from '../model/sessionsStore.ts';
import type { PanelActions } from './actions.ts';
import { commandView } from './commandView.ts';
import { filterForm } from './filterForm.ts';
import { LightElement } from './lightElement.ts';
import { outputFinds } from './outputFinds.ts';
import { pictureView } from './pictureView.ts';
import type { Wanted } from './playerElement.ts';
import { sessionsView } from './sessionsView.ts';
import { recordingChoice, storedHead, storedTimeline } from './storedSession.ts';
import { icon, shown } from './text.ts';

const v = 1;
/** Milliseconds in which keys are gathered before the host is asked. */
const TYPING = 200;
/** A running session is looked at again this long after something happened in it. */
const FOLLOW = 1000;
/** The player is made anew each time: so many characters more make that as much rarer. */
const FOLLOW_SIZE = 6_000_000;

type Body<T> = T extends unknown ? Omit<T, 'v'> : never;
export type SessionRoute = Extract<Route, { view: 'sessions' | 'session' }>;

export class SessionsElement extends LightElement {
  @property({ attribute: false }) store = new SessionsStore();
  @property({ attribute: false }) route: SessionRoute = { view: 'sessions' };
  /** Rises with every message that the store took. */
  @property({ attribute: false }) version = 0;
  /** Rises with every event of the running session. */
  @property({ attribute: false }) news = 0;
  @property({ attribute: false }) scroller: HTMLElement | undefined;
  @property({ attribute: false }) pageNonce = '';
  @property({ attribute: false }) actions: PanelActions | undefined;
  @property({ attribute: false }) ask: (request: SessionRequest) => void = () => undefined;
  @state() private file: string | undefined;
  @state() private wanted: Wanted | undefined;
  @state() private follows = true;
  @state() private active: number | undefined;
  private asked = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking: ReturnType<typeof setTimeout> | undefined;
  private following: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    clearTimeout(this.looking);
    clearTimeout(this.following);
    this.following = undefined;
    this.asked = '';
    this.store.forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('route')) this.enter();
    if (changed.has('news') && this.stored?.isRunning && this.follows) {
      this.refreshSoon();
    }
    this.chooseRecording();
  }

  protected override render(): TemplateResult {
    const { route, store } = this;
    if (route.view === 'sessions') {
      return sessionsView(store.list, (session) => this.actions?.go({ view: 'session', session }));
    }
    return route.command === undefined ? this.session() : this.command(route.command);
  }

  private get stored(): StoredSession | undefined {
    return this.route.view === 'session' ? this.store.stored(this.route.session) : undefined;
  }

  private get opened(): OpenSession | undefined {
    const { route, store } = this;
    return route.view === 'session' && store.open?.session === route.session
      ? store.open
      : undefined;
  }

  /** Asks for what the route shows, once. */
  private enter(): void {
    const { route, store } = this;
    if (route.view === 'sessions') {
      this.asked = '';
      store.forget();
      this.file = undefined;
      this.send({ type: 'listSessions' });
      return;
    }
    if (this.asked !== route.session) {
      this.asked = route.session;
      store.forget();
      this.file = undefined;
      if (!store.list) this.send({ type: 'listSessions' });
      this.askTimeline();
    }
    if (route.command !== undefined && store.details?.submission !== route.command) {
      this.send({ type: 'storedDetails', session: route.session, submission: route.command });
    }
  }

  /** The first recording is opened by itself. */
  private chooseRecording(): void {
    const { stored } = this;
    const [first] = stored?.recordings ?? [];
    if (!stored || first === undefined || this.file !== undefined) return;
    this.openRecording(stored.session, first);
  }

  private openRecording(session: string, file: string): void {
    this.file = file;
    const have = this.store.held(session, file);
    this.send({ type: 'openRecording', session, file, have });
  }

  /** However fast events come, it is looked at again now and then. */
  private refreshSoon(): void {
    const size = this.store.recording?.text.length ?? 0;
    this.following ??= setTimeout(
      () => {
        this.following = undefined;
        if (this.follows) this.refresh();
      },
      FOLLOW * Math.max(1, size / FOLLOW_SIZE),
    );
  }

  private refresh(): void {
    const { stored, file } = this;
    if (!stored) return;
    this.send({ type: 'listSessions' });
    this.askTimeline();
    if (file !== undefined) this.openRecording(stored.session, file);
  }

  private askTimeline(before?: number): void {
    const { route, store } = this;
    if (route.view !== 'session') return;
    const { session } = route;
    const request = before === undefined ? store.ask() : store.current;
    this.send({ type: 'timeline', request, session, filter: store.filter, before });
  }

  private look(session: string, words: string): void {
    const request = this.store.look(words);
    this.requestUpdate();
    // No words call off what may be under way.
    const isOver = words.trim() === '';
    clearTimeout(this.looking);
    this.looking = setTimeout(
      () => this.send({ type: 'findOutput', request, session, text: words }),
      isOver ? 0 : TYPING,
    );
  }

  private showFind(session: string, { file, at }: FoundOutput): void {
    this.follows = false;
    this.wanted = { file, at };
    if (file !== this.file) this.openRecording(session, file);
  }

  private setFilter(filter: TimelineFilter): void {
    this.store.filter = filter;
    this.requestUpdate();
    this.later(TYPING, () => this.askTimeline());
  }

  private session(): TemplateResult {
    const { stored, opened, store } = this;
    if (!stored || !opened) return html`<p class="note" role="status">Reading the session…</p>`;
    const { agents, slices, fault } = opened;
    return html`<article class="stored" aria-labelledby="stored-title">
      ${storedHead(stored, {
        follows: this.follows,
        setFollows: (follows) => {
          this.follows = follows;
        },
        act: (action) => this.send({ type: 'forSession', session: stored.session, action }),
      })}
      ${fault === undefined ? nothing : html`<div class="strip strip-warning">${icon('warning')}<p>${shown(fault)} What follows is what stands before that.</p></div>`}
      ${this.recording(stored)}
      <section class="part" aria-label="Commands over time">
        <h3>Commands over time</h3>
        ${pictureView(slices, (from, to) => this.setFilter({ ...store.filter, from, to }))}
      </section>
      ${filterForm(store.filter, agents, (filter) => this.setFilter(filter))}
      ${storedTimeline(opened, {
        version: this.version,
        scroller: this.scroller,
        open: (command) => this.actions?.go({ view: 'session', session: stored.session, command }),
        askBefore: (seq) => this.askTimeline(seq),
      })}
    </article>`;
  }

  private recording(stored: StoredSession): unknown {
    const { recording } = this.store;
    const { session, recordings } = stored;
    if (recordings.length === 0)
      return html`<p class="note">Nothing of this session was recorded in a terminal.</p>`;
    const choice = recordingChoice(recordings, this.file, (file) =>
      this.openRecording(session, file),
    );
    if (recording?.session !== session) {
      return html`${choice}<p class="note" role="status">Opening the recording…</p>`;
    }
    const { words, finds } = this.store;
    return html`${choice}${outputFinds({
      ...{ words, finds },
      look: (text) => this.look(session, text),
      go: (hit) => this.showFind(session, hit),
    })}<il-player
      .recording=${recording}
      .pageNonce=${this.pageNonce}
      .isLive=${stored.isRunning && this.follows}
      .wanted=${this.wanted}
      .onLeave=${() => {
        this.follows = false;
      }}
      .onCommand=${(submission: string) => this.actions?.go({ view: 'session', session, command: submission })}
      .onReplay=${(mark: string | undefined) => this.send({ type: 'replay', session, file: recording.file, mark })}
    ></il-player>`;
  }

  private command(id: string): TemplateResult {
    const { route, store, actions } = this;
    if (route.view !== 'session' || !actions) return html`${nothing}`;
    const { session } = route;
    const start = store.details?.events.find((event) => event.type === 'recording.start');
    const show = () => {
      // What a person chose stays on the screen.
      this.follows = false;
      this.wanted = { submission: id };
      if (start?.type === 'recording.start' && start.file !== this.file) {
        this.openRecording(session, start.file);
      }
      actions.go({ view: 'session', session });
    };
    return html`${start ? html`<button class="link" data-film @click=${show}>${icon('play-circle')}Show in the recording</button>` : nothing}
      ${commandView({
        row: this.opened?.log.commandOf(id) ?? rowOf(store, id),
        events: store.details?.submission === id ? store.details.events : undefined,
        active: this.active,
        look: (effect) => {
          this.active = effect;
        },
        actions,
      })}`;
  }

  private later(milliseconds: number, run: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(run, milliseconds);
  }

  private send(request: Body<SessionRequest>): void {
    this.ask({ v, ...request } as SessionRequest);
  }
}

/** A command that is not on the page of the list: its row comes from its own events. */
function rowOf(store: SessionsStore, id: string) {
  const { details } = store;
  return details?.submission === id ? store.rowFrom(details.events, id) : undefined;
}
