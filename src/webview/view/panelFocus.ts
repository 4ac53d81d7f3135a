// Where the keyboard's focus goes when the panel shows something else.
// Invariant: it never falls out of the page, and never onto a button that approves.
import type { Route } from '../model/route.ts';
import { LogListElement } from './logListElement.ts';

export class PanelFocus {
  /** Done after the next update. */
  private next: (() => void) | undefined;
  private had = false;
  private logScroll = 0;

  constructor(
    private readonly root: HTMLElement,
    /** True where this command is held: its view puts the focus on Deny by itself. */
    private readonly isHeld: (id: string) => boolean,
    private readonly hasHolds: () => boolean,
  ) {}

  /** The part that scrolls; undefined before the first update. */
  get page(): HTMLElement | undefined {
    return this.root.querySelector<HTMLElement>('.page') ?? undefined;
  }

  beforeUpdate(): void {
    this.had = this.root.contains(document.activeElement);
  }

  afterUpdate(route: Route): void {
    this.next?.();
    this.next = undefined;
    // Children render after this.
    if (this.had) setTimeout(() => this.rescue(route));
  }

  /** Another view is shown with the next update. */
  moves(from: Route, to: Route): void {
    if (from.view === 'log') this.logScroll = this.page?.scrollTop ?? 0;
    this.next = () => {
      if (this.page) this.page.scrollTop = to.view === 'log' ? this.logScroll : 0;
      this.arrive(from, to);
    };
  }

  toTop(): void {
    if (this.page) this.page.scrollTop = 0;
    this.on('[data-review]');
  }

  private arrive(from: Route, to: Route): void {
    if (to.view === 'command') {
      if (!this.isHeld(to.id)) this.on('[data-back]');
    } else if (to.view === 'session') {
      this.on('[data-back]');
    } else if (from.view === 'session' && to.view === 'sessions') {
      // The list is made after this.
      setTimeout(() => this.on(`[data-session="${CSS.escape(from.session)}"]`));
    } else if (from.view === 'command') {
      this.afterCommand(from.id);
    }
  }

  /** Back from a command: to its row, else to the next hold, else to the heading. */
  private afterCommand(id: string): void {
    if (this.on(`[data-review="${CSS.escape(id)}"]`)) return;
    if (this.hasHolds() && this.on('[data-review]')) return;
    const list = this.root.querySelector('il-log-list');
    if (list instanceof LogListElement && list.focusRow(id)) return;
    this.on('h2');
  }

  /** What had the focus is gone: it goes to what a person would look for next. */
  private rescue({ view }: Route): void {
    if (document.activeElement !== document.body) return;
    const isDeep = view === 'command' || view === 'session';
    const wishes = isDeep ? ['[data-deny]', '[data-back]'] : ['[data-review]', 'h2'];
    wishes.some((wish) => this.on(wish));
  }

  private on(selector: string): boolean {
    const found = this.root.querySelector<HTMLElement>(selector);
    found?.focus();
    return found !== null;
  }
}
