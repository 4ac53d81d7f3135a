// The session's list, newest first: only the rows near the screen are in the page.
// Invariants: one row takes part in the order of Tab; the row with the focus keeps it while the list grows.
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { LogStore, Row } from '../model/logStore.ts';
import { rowForKey } from '../model/rowKeys.ts';
import { LightElement } from './lightElement.ts';
import { opens, rowView } from './rows.ts';
import { styled } from './styled.ts';

/** Rows beyond the screen, so that quick scrolling shows no blanks. */
const OVERSCAN = 12;
/** Height of a row in lines of the page's font. */
const ROW_LINES = 3.4;
/** Room for the heading that stays on top. */
const HEADING = 40;

export class LogListElement extends LightElement {
  @property({ attribute: false }) log: LogStore | undefined;
  /** Oldest first. */
  @property({ attribute: false }) rows: readonly Row[] = [];
  /** Rises with every change of the rows. */
  @property({ attribute: false }) version = 0;
  @property({ attribute: false }) scroller: HTMLElement | undefined;
  @property({ attribute: false }) open: (id: string) => void = () => undefined;
  private currentKey: string | undefined;
  private newestKey: string | undefined;
  private rowHeight = 44;
  private unmount: (() => void) | undefined;
  private virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined;
  private moved: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.rowHeight = Math.round(Number.parseFloat(getComputedStyle(this).fontSize) * ROW_LINES);
    this.style.setProperty('--row-height', `${this.rowHeight}px`);
    // What stands above the list changes its height when holds come and go.
    this.moved = new ResizeObserver(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unmount?.();
    this.unmount = undefined;
    this.virtualizer = undefined;
    this.moved?.disconnect();
  }

  /** Puts the focus on the row of this command, where it is in the list. */
  focusRow(key: string): boolean {
    const index = this.indexOf(key);
    if (index < 0) return false;
    this.moveTo(index);
    return true;
  }

  protected override willUpdate(): void {
    const { scroller } = this;
    if (!scroller) return;
    this.keepPlace(scroller);
    if (!this.virtualizer) {
      this.virtualizer = new Virtualizer(this.optionsFor(scroller));
      this.unmount = this.virtualizer._didMount();
      if (this.parentElement) this.moved?.observe(this.parentElement);
      for (const child of scroller.children) this.moved?.observe(child);
    }
    this.virtualizer.setOptions(this.optionsFor(scroller));
    this.virtualizer._willUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { virtualizer, log } = this;
    if (!virtualizer || !log) return nothing;
    const items = virtualizer.getVirtualItems();
    const margin = virtualizer.options.scrollMargin;
    const tabStop = this.tabStop(items.map(({ index }) => index));
    return html`<ul
      class="rows"
      role="list"
      ${styled({ height: `${virtualizer.getTotalSize()}px` })}
      @keydown=${this.onKey}
    >
      ${repeat(
        items,
        ({ key }) => key,
        ({ index, start }) => {
          const row = this.rowAt(index);
          return row ? this.item(row, index, start - margin, index === tabStop, log) : nothing;
        },
      )}
    </ul>`;
  }

  private item(
    row: Row,
    index: number,
    top: number,
    isTabStop: boolean,
    log: LogStore,
  ): TemplateResult {
    const id = opens(row);
    const choose = () => {
      this.currentKey = row.key;
      if (id !== undefined) this.open(id);
    };
    return html`<li
      aria-setsize=${this.rows.length}
      aria-posinset=${index + 1}
      ${styled({ transform: `translateY(${top}px)` })}
    >
      <button
        class="row"
        data-key=${row.key}
        tabindex=${isTabStop ? 0 : -1}
        aria-disabled=${id === undefined}
        @click=${choose}
        @focus=${() => {
          this.currentKey = row.key;
        }}
      >
        ${rowView(row, log)}
      </button>
    </li>`;
  }

  private optionsFor(
    scroller: HTMLElement,
  ): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    return {
      count: this.rows.length,
      getScrollElement: () => scroller,
      estimateSize: () => this.rowHeight,
      getItemKey: (index) => this.rowAt(index)?.key ?? index,
      overscan: OVERSCAN,
      scrollMargin: topIn(this, scroller),
      scrollPaddingStart: HEADING,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.requestUpdate(),
      rangeExtractor: (range) => {
        const indexes = defaultRangeExtractor(range);
        const current = this.currentKey === undefined ? -1 : this.indexOf(this.currentKey);
        // Otherwise the focus would be lost when its row leaves the screen.
        return current < 0 || indexes.includes(current)
          ? indexes
          : [...indexes, current].sort((a, b) => a - b);
      },
    };
  }

  /** What was on the screen stays there when newer rows come above it. */
  private keepPlace(scroller: HTMLElement): void {
    const newest = this.rows.at(-1)?.key;
    if (newest !== this.newestKey && this.newestKey !== undefined) {
      const added = this.indexOf(this.newestKey);
      const isBelowTop = scroller.scrollTop > topIn(this, scroller);
      if (added > 0 && isBelowTop) scroller.scrollTop += added * this.rowHeight;
    }
    this.newestKey = newest;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const current = this.currentKey === undefined ? 0 : Math.max(0, this.indexOf(this.currentKey));
    const page = Math.max(1, Math.floor((this.scroller?.clientHeight ?? 0) / this.rowHeight) - 2);
    const row = rowForKey(event.key, { current, count: this.rows.length, page });
    if (row === undefined) return;
    event.preventDefault();
    this.moveTo(row);
  };

  private moveTo(index: number): void {
    const row = this.rowAt(index);
    if (!row) return;
    this.currentKey = row.key;
    this.virtualizer?.scrollToIndex(index, { align: 'auto' });
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const button = [...this.querySelectorAll<HTMLElement>('button.row')].find(
        ({ dataset }) => dataset.key === row.key,
      );
      button?.focus({ preventScroll: true });
    });
  }

  /** The row that Tab goes to: the current one, else the first on the screen. */
  private tabStop(indexes: readonly number[]): number | undefined {
    const current = this.currentKey === undefined ? -1 : this.indexOf(this.currentKey);
    return current >= 0 ? current : indexes[0];
  }

  /** Row 0 is the newest. */
  private rowAt(index: number): Row | undefined {
    return this.rows[this.rows.length - 1 - index];
  }

  /** Near the top first: that is where rows are looked for. */
  private indexOf(key: string): number {
    const { rows } = this;
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      if (rows[index]?.key === key) return rows.length - 1 - index;
    }
    return -1;
  }
}

function topIn(element: HTMLElement, scroller: HTMLElement): number {
  const { top } = element.getBoundingClientRect();
  return Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop);
}
