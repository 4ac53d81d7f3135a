// The panel: takes messages, keeps the route, shows the view, and passes on what the person does.
// Invariants: no text of an agent becomes markup; an approval is ignored right after the list has changed under the pointer.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { FromPanel, GrantChoice, HeldItem, ToPanel } from '../../shared/protocol.ts';
import { type Announcement, PanelStore, type Taken } from '../model/panelStore.ts';
import { FIRST_VIEW, type Kept, type Route, readKept } from '../model/route.ts';
import { type SessionMessage, SessionsStore } from '../model/sessionsStore.ts';
import type { HostPort } from '../port.ts';
import type { PanelActions } from './actions.ts';
import { commandView } from './commandView.ts';
import { LightElement } from './lightElement.ts';
import { LogListElement } from './logListElement.ts';
import { logView } from './logView.ts';
import type { SessionRoute } from './sessionsElement.ts';
import { sha256Hex } from './sha256.ts';
import { statusStrips } from './statusStrips.ts';
import { summaryView } from './summaryView.ts';
import { icon } from './text.ts';

const v = 1;

/** Milliseconds after a change of the list in which a press of Approve may have been meant for something else. */
const SETTLE = 500;

type Body<T> = T extends unknown ? Omit<T, 'v'> : never;

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
  private heldChangedAt = 0;
  private requests = 0;
  /** Holds that the person has answered here: their view is left when they end. */
  private readonly answered = new Set<string>();
  /** Where the focus goes after the next update. */
  private focusNext: (() => void) | undefined;
  private takesFocus = false;
  private hadFocus = false;
  private logScroll = 0;
  private asked: string | undefined;

  protected override firstUpdated(): void {
    this.addEventListener('keydown', this.onKey);
    this.kept = readKept(this.port?.kept());
    this.port?.listen((message) => this.take(message));
    this.send({ type: 'ready' });
  }

  /** At most once per frame, however many messages come. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    this.hadFocus = this.contains(document.activeElement);
    this.askForDetails();
  }

  protected override updated(changed: PropertyValues): void {
    // The first pass has no scroller yet.
    if (!changed.has('version') && this.version === 0) this.version = 1;
    this.focusNext?.();
    this.focusNext = undefined;
    this.takesFocus = false;
    // Children render after this.
    const { hadFocus } = this;
    if (hadFocus) setTimeout(() => this.rescueFocus());
  }

  /** What had the focus is gone: it goes to what a person would look for next. */
  private rescueFocus(): void {
    if (document.activeElement !== document.body) return;
    const wishes =
      this.kept.route.view === 'command' || this.kept.route.view === 'session'
        ? ['[data-deny]', '[data-back]']
        : ['[data-review]', 'h2'];
    wishes.some((wish) => this.focusOn(wish));
  }

  protected override render(): TemplateResult {
    const { store, actions } = this;
    return html`
      ${this.header()}
      <main class="page" @announce=${this.onAnnounce} @click=${this.onClick}>
        <div class="page-inner">${statusStrips(store.status, actions)} ${this.refusal()} ${this.view()}</div>
      </main>
      <div class="visually-hidden" role="status" aria-live="polite">${this.polite}</div>
      <div class="visually-hidden" role="alert" aria-live="assertive">${this.urgent}</div>
    `;
  }

  private get page(): HTMLElement | null {
    return this.querySelector('.page');
  }

  private header(): TemplateResult {
    const { store, actions, kept } = this;
    const count = store.summary?.suggestions.length ?? 0;
    const tab = (view: 'log' | 'summary' | 'sessions', label: unknown) => {
      const isCurrent = kept.route.view === view;
      return html`<button class="tab" aria-current=${isCurrent ? 'page' : 'false'} @click=${() => this.go({ view })}>${label}</button>`;
    };
    return html`<header class="top">
      <h1 class="visually-hidden">Interlock session log</h1>
      ${
        kept.route.view === 'command' || kept.route.view === 'session'
          ? html`<button class="tab back" data-back @click=${() => this.back()}>${icon('arrow-left')}Back</button>${this.neighbours()}`
          : html`<nav class="tabs" aria-label="Views">
            ${tab('log', 'Log')} ${tab('sessions', 'Sessions')}
            ${tab('summary', html`Decisions${count === 0 ? nothing : html` <span class="badge">${count}<span class="visually-hidden"> suggestions</span></span>`}`)}
          </nav>`
      }
      ${
        store.status.actions.includes('stopAgent')
          ? html`<button class="stop" title="Ends what the agent runs, denies what waits, and refuses new commands until you lift it" @click=${() => actions.act('stopAgent')}>${icon('debug-stop')}<span>Stop agent</span></button>`
          : nothing
      }
    </header>`;
  }

  /** Which of several holds this is, and the ways to the others. */
  private neighbours(): unknown {
    const { held } = this.store;
    const { route } = this.kept;
    const at = route.view === 'command' ? held.findIndex(({ id }) => id === route.id) : -1;
    if (at < 0 || held.length < 2) return nothing;
    const to = (step: number, name: string, label: string) => {
      const item = held[(at + step + held.length) % held.length];
      const go = () => item && this.go({ view: 'command', id: item.id });
      return html`<button class="icon" title=${label} aria-label=${label} @click=${go}>${icon(name)}</button>`;
    };
    return html`<span class="of">${at + 1} of ${held.length}</span>${to(-1, 'chevron-up', 'Previous held command')}${to(1, 'chevron-down', 'Next held command')}`;
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
          scroller: this.page ?? undefined,
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
      .scroller=${this.page ?? undefined}
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
    if (taken.needsSnapshot) this.send({ type: 'ready' });
    if (taken.heldChanged) this.heldHasChanged();
    this.askAgain(taken);
    for (const announcement of taken.announcements) this.announce(announcement);
    if ((message.type === 'snapshot' || message.type === 'page') && this.store.log.earlier > 0)
      this.askForPage();
    this.version += 1;
  }

  private heldHasChanged(): void {
    this.heldChangedAt = performance.now();
    const { route } = this.kept;
    for (const id of this.answered) {
      if (this.store.heldItem(id)) continue;
      this.answered.delete(id);
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
    this.send({ type: 'details', submission: route.id });
  }

  private askForPage(): void {
    const before = this.store.log.oldest;
    if (before !== undefined) this.send({ type: 'page', before });
  }

  private go(route: Route): void {
    const from = this.kept.route;
    if (from.view === 'log') this.logScroll = this.page?.scrollTop ?? 0;
    this.store.refusal = undefined;
    this.keep({ ...this.kept, route });
    this.takesFocus = true;
    this.focusNext = () => {
      if (this.page) this.page.scrollTop = route.view === 'log' ? this.logScroll : 0;
      if (route.view === 'command') {
        // A hold puts the focus on Deny by itself.
        if (!this.store.heldItem(route.id)) this.focusOn('[data-back]');
      } else if (route.view === 'session') {
        this.focusOn('[data-back]');
      } else if (from.view === 'session' && route.view === 'sessions') {
        // The list is made after this.
        setTimeout(() => this.focusOn(`[data-session="${CSS.escape(from.session)}"]`));
      } else if (from.view === 'command') {
        this.focusAfter(from.id);
      }
    };
  }

  private back(): void {
    const { route } = this.kept;
    if (route.view !== 'session') this.go({ view: 'log' });
    else if (route.command === undefined) this.go({ view: 'sessions' });
    else this.go({ view: 'session', session: route.session });
  }

  /** Back from a command: to its row, else to the next hold, else to the heading. */
  private focusAfter(id: string): void {
    if (this.focusOn(`[data-review="${CSS.escape(id)}"]`)) return;
    if (this.store.held.length > 0 && this.focusOn('[data-review]')) return;
    const list = this.querySelector('il-log-list');
    if (list instanceof LogListElement && list.focusRow(id)) return;
    this.focusOn('h2');
  }

  private focusOn(selector: string): boolean {
    const found = this.querySelector<HTMLElement>(selector);
    found?.focus();
    return found !== null;
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    this.port?.keep(kept);
  }

  private readonly actions: PanelActions = {
    go: (route) => this.go(route),
    setMode: (mode) => this.keep({ ...this.kept, mode }),
    approve: (item, shown, grant) => {
      if (performance.now() - this.heldChangedAt < SETTLE) {
        this.announce({
          text: 'The list has just changed. Look again, then press again.',
          isUrgent: true,
        });
        return;
      }
      void this.answer(item, shown, 'approve', undefined, grant);
    },
    deny: (item, shown, message) => void this.answer(item, shown, 'deny', message, undefined),
    edit: (item, shown, command) => void this.edit(item, shown, command),
    previewGrant: (item, grant) => {
      this.requests += 1;
      this.send({ type: 'previewGrant', request: this.requests, submission: item.id, grant });
      return this.requests;
    },
    unmask: ({ id }) => this.send({ type: 'unmask', submission: id }),
    takeSuggestion: (id) => this.send({ type: 'takeSuggestion', id }),
    copy: (submission) => {
      this.send({ type: 'copy', submission });
      this.announce({ text: 'Copied.', isUrgent: false });
    },
    act: (action) => this.send({ type: 'act', action }),
  };

  private async answer(
    item: HeldItem,
    shown: string,
    answer: 'approve' | 'deny',
    message: string | undefined,
    grant: GrantChoice | undefined,
  ): Promise<void> {
    const { id: submission, token } = item;
    this.answered.add(submission);
    this.store.refusal = undefined;
    this.send({
      type: 'answer',
      submission,
      token,
      sha256: await sha256Hex(shown),
      answer,
      message,
      grant,
    });
  }

  private async edit(item: HeldItem, shown: string, command: string): Promise<void> {
    const { id: submission, token } = item;
    this.answered.add(submission);
    this.send({ type: 'editAndRun', submission, token, sha256: await sha256Hex(shown), command });
  }

  private send(message: Body<FromPanel>): void {
    this.port?.send({ v, ...message } as FromPanel);
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
    if (this.page) this.page.scrollTop = 0;
    this.focusOn('[data-review]');
  };
}

function isSessionMessage(message: ToPanel): message is SessionMessage {
  return ['sessions', 'timeline', 'storedDetails', 'recording', 'outputFound'].includes(
    message.type,
  );
}
