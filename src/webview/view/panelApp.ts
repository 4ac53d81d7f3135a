// The panel: takes messages, keeps the route, shows the view, and passes on what the person does.
// Invariants: no text of an agent becomes markup; an approval is ignored right after what is shown has changed under the pointer.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { FromPanel, HeldItem, ToPanel } from '../../shared/protocol.ts';
import { isSessionMessage } from '../../shared/sessionProtocol.ts';
import { type Announcement, PanelStore, type Taken } from '../model/panelStore.ts';
import { FIRST_VIEW, type Kept, type Route, readKept } from '../model/route.ts';
import { SessionsStore } from '../model/sessionsStore.ts';
import type { HostPort } from '../port.ts';
import type { PanelActions } from './actions.ts';
import { commandView } from './commandView.ts';
import { LightElement } from './lightElement.ts';
import { logView } from './logView.ts';
import { PanelFocus } from './panelFocus.ts';
import { panelHeader } from './panelHeader.ts';
import { type PanelAnswer, PanelSender } from './panelSender.ts';
import type { SessionRoute } from './sessionsElement.ts';
import { statusStrips } from './statusStrips.ts';
import { summaryView } from './summaryView.ts';
import { icon } from './text.ts';

/** Milliseconds after a change of the list or of the view in which a press of Approve may have been meant for something else. */
const SETTLE = 500;

export class PanelApp extends LightElement {
  @property({ attribute: false }) port: HostPort | undefined;
  /** Lets the page load a script of ours. */
  @property({ attribute: false }) pageNonce = '';
  @state() private kept: Kept = FIRST_VIEW;
  @state() private version = 0;
  @state() private active: number | undefined;
  @state() private polite = '';
  @state() private urgent = '';
  private readonly store = new PanelStore();
  private readonly sessions = new SessionsStore();
  private news = 0;
  private changedAt = 0;
  private readonly sender = new PanelSender(() => this.port);
  private readonly focusing = new PanelFocus(
    this,
    (id) => this.store.heldItem(id) !== undefined,
    () => this.store.held.length > 0,
  );
  private takesFocus = false;
  private asked: string | undefined;

  protected override firstUpdated(): void {
    this.addEventListener('keydown', this.onKey);
    this.kept = readKept(this.port?.kept());
    this.port?.listen((message) => this.take(message));
    this.sender.send({ type: 'ready' });
  }

  /** At most once per frame, however many messages come. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    this.focusing.beforeUpdate();
    this.askForDetails();
  }

  protected override updated(changed: PropertyValues): void {
    // The first pass has no scroller yet.
    if (!changed.has('version') && this.version === 0) this.version = 1;
    this.takesFocus = false;
    this.focusing.afterUpdate(this.kept.route);
  }

  protected override render(): TemplateResult {
    const { store, actions } = this;
    return html`
      ${panelHeader({ store, actions, route: this.kept.route, back: () => this.back() })}
      <main class="page" @announce=${this.onAnnounce} @click=${this.onClick}>
        <div class="page-inner">${statusStrips(store.status, actions)} ${this.refusal()} ${this.view()}</div>
      </main>
      <div class="visually-hidden" role="status" aria-live="polite">${this.polite}</div>
      <div class="visually-hidden" role="alert" aria-live="assertive">${this.urgent}</div>
    `;
  }

  private view(): unknown {
    const { store, actions, kept } = this;
    const { route } = kept;
    switch (route.view) {
      case 'log':
        return logView({
          store,
          actions,
          mode: kept.mode,
          version: this.version,
          scroller: this.focusing.page,
        });
      case 'summary':
        return summaryView(store.summary, store.status.actions, actions);
      case 'command':
        return this.commandOrHold(route.id);
      case 'sessions':
      case 'session':
        return this.recorded(route);
    }
  }

  private recorded(route: SessionRoute): TemplateResult {
    return html`<il-sessions
      .store=${this.sessions}
      .route=${route}
      .version=${this.version}
      .news=${this.news}
      .scroller=${this.focusing.page}
      .pageNonce=${this.pageNonce}
      .actions=${this.actions}
      .ask=${(request: FromPanel) => this.port?.send(request)}
    ></il-sessions>`;
  }

  private commandOrHold(id: string): unknown {
    const { store, actions } = this;
    if (!store.isReady) return html`<p class="note" role="status">Asking the gate…</p>`;
    const item = store.heldItem(id);
    if (item) {
      return keyed(
        item.token,
        html`<il-hold
          .item=${item}
          .actions=${actions}
          .previews=${store.preview}
          .unmasked=${store.unmasked?.submission === id ? store.unmasked.command : undefined}
          .refusal=${store.refusal?.submission === id ? store.refusal.why : undefined}
          .takesFocus=${this.takesFocus}
        ></il-hold>`,
      );
    }
    return commandView({
      row: store.log.commandOf(id),
      events: store.details?.submission === id ? store.details.events : undefined,
      active: this.active,
      look: (effect) => {
        this.active = effect;
      },
      actions,
    });
  }

  /** A refusal that is not shown beside its hold. */
  private refusal(): unknown {
    const { refusal } = this.store;
    const { route } = this.kept;
    if (
      !refusal ||
      (route.view === 'command' && this.store.heldItem(route.id)?.id === refusal.submission)
    )
      return nothing;
    const close = () => {
      this.store.refusal = undefined;
      this.version += 1;
    };
    return html`<div class="strip strip-warning">${icon('warning')}<p>${refusal.why}</p><button class="icon" title="Close" aria-label="Close this message" @click=${close}>${icon('close')}</button></div>`;
  }

  private take(message: ToPanel): void {
    if (message.type === 'reveal') {
      this.go({ view: 'command', id: message.submission });
      return;
    }
    if (isSessionMessage(message)) {
      this.sessions.take(message);
      this.version += 1;
      return;
    }
    if (message.type === 'event') this.news += 1;
    const taken = this.store.take(message);
    if (taken.needsSnapshot) this.sender.send({ type: 'ready' });
    if (taken.heldChanged) this.heldHasChanged();
    this.askAgain(taken);
    for (const announcement of taken.announcements) this.announce(announcement);
    if ((message.type === 'snapshot' || message.type === 'page') && this.store.log.earlier > 0)
      this.askForPage();
    this.version += 1;
  }

  private heldHasChanged(): void {
    this.changedAt = performance.now();
    const { route } = this.kept;
    for (const id of this.sender.answered) {
      if (this.store.heldItem(id)) continue;
      this.sender.answered.delete(id);
      if (route.view === 'command' && route.id === id) this.back();
    }
  }

  /** The details that are shown have changed. */
  private askAgain({ changed }: Taken): void {
    const { route } = this.kept;
    if (changed !== undefined && route.view === 'command' && route.id === changed)
      this.asked = undefined;
  }

  private askForDetails(): void {
    const { route } = this.kept;
    if (route.view !== 'command' || !this.store.isReady) {
      this.asked = undefined;
      return;
    }
    if (this.asked === route.id || this.store.heldItem(route.id)) return;
    this.asked = route.id;
    this.sender.send({ type: 'details', submission: route.id });
  }

  private askForPage(): void {
    const before = this.store.log.oldest;
    if (before !== undefined) this.sender.send({ type: 'page', before });
  }

  private go(route: Route): void {
    const from = this.kept.route;
    // A notification can bring it about as well, and any extension can press that.
    this.changedAt = performance.now();
    this.store.refusal = undefined;
    this.keep({ ...this.kept, route });
    this.takesFocus = true;
    this.focusing.moves(from, route);
  }

  private back(): void {
    const { route } = this.kept;
    if (route.view !== 'session') this.go({ view: 'log' });
    else if (route.command === undefined) this.go({ view: 'sessions' });
    else this.go({ view: 'session', session: route.session });
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    this.port?.keep(kept);
  }

  private readonly actions: PanelActions = {
    go: (route) => this.go(route),
    setMode: (mode) => this.keep({ ...this.kept, mode }),
    approve: (item, shown, grant) => {
      if (performance.now() - this.changedAt < SETTLE) {
        this.announce({
          text: 'What is shown has just changed. Look again, then press again.',
          isUrgent: true,
        });
        return;
      }
      this.answer(item, shown, { answer: 'approve', grant });
    },
    deny: (item, shown, message) => this.answer(item, shown, { answer: 'deny', message }),
    edit: (item, shown, command) => void this.sender.edit(item, shown, command),
    previewGrant: (item, grant) => this.sender.previewGrant(item, grant),
    unmask: ({ id }) => this.sender.send({ type: 'unmask', submission: id }),
    takeSuggestion: (id) => this.sender.send({ type: 'takeSuggestion', id }),
    copy: (submission) => {
      this.sender.send({ type: 'copy', submission });
      this.announce({ text: 'Copied.', isUrgent: false });
    },
    act: (action) => this.sender.send({ type: 'act', action }),
  };

  private answer(item: HeldItem, shown: string, answer: PanelAnswer): void {
    this.store.refusal = undefined;
    void this.sender.answer(item, shown, answer);
  }

  private announce({ text, isUrgent }: Announcement): void {
    // The same words twice are read twice only where the text differs.
    const set = (old: string) => (old === text ? `${text} ` : text);
    if (isUrgent) this.urgent = set(this.urgent);
    else this.polite = set(this.polite);
  }

  private readonly onAnnounce = (event: Event): void => {
    if (event instanceof CustomEvent) this.announce({ text: String(event.detail), isUrgent: true });
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { view } = this.kept.route;
    if (event.key === 'Escape' && (view === 'command' || view === 'session')) this.back();
  };

  private readonly onClick = (event: Event): void => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-up]')) return;
    this.focusing.toTop();
  };
}
