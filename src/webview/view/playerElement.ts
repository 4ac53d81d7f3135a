// Plays a recording: seek, speed, pauses cut or kept, keys shown or not, and the commands as a list to jump by.
import type { Player } from 'asciinema-player';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Chapter, chapterAt, type Film, placeOf, readFilm } from '../model/film.ts';
import type { OpenRecording } from '../model/sessionsStore.ts';
import { LightElement } from './lightElement.ts';
import { loadPlayer } from './loadPlayer.ts';
import { icon, shown } from './text.ts';

const SPEEDS = [0.5, 1, 2, 4, 8, 16];
/** Longest pause in seconds where pauses are cut. */
const IDLE = 2;
const TICK_MS = 250;
const MOST_LABEL = 90;

/** A place in the recording: a command, or a time with all pauses. */
export type Wanted = { submission: string } | { file: string; at: number };

export class PlayerElement extends LightElement {
  @property({ attribute: false }) recording: OpenRecording | undefined;
  @property({ attribute: false }) pageNonce = '';
  /** Jumps to the end whenever the recording has grown. */
  @property({ attribute: false }) isLive = false;
  /** The command that a person has chosen elsewhere; a new object jumps again. */
  @property({ attribute: false }) wanted: Wanted | undefined;
  /** A person went to another place than the end. */
  @property({ attribute: false }) onLeave: () => void = () => undefined;
  @property({ attribute: false }) onCommand: (submission: string) => void = () => undefined;
  @property({ attribute: false }) onReplay: (mark: string | undefined) => void = () => undefined;
  @state() private speed = 1;
  @state() private cutsPauses = true;
  @state() private showsKeys = false;
  @state() private current: Chapter | undefined;
  @state() private fault: string | undefined;
  private film: Film | undefined;
  private player: Player | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private generation = 0;
  /** Where the player went last because somebody wanted it: it goes there once. */
  private reached: Wanted | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.generation += 1;
    this.player?.dispose();
    this.player = undefined;
  }

  /** Seconds where the player stands. */
  get time(): number {
    return this.player?.getCurrentTime() ?? 0;
  }

  async seek(time: number): Promise<void> {
    await this.player?.seek(time);
    this.tick();
  }

  protected override updated(changed: PropertyValues): void {
    const rebuilds = ['recording', 'speed', 'cutsPauses', 'showsKeys'].some((name) =>
      changed.has(name),
    );
    if (rebuilds) {
      const isOther = changed.has('recording');
      this.build(isOther).catch((error: unknown) => {
        this.fault = error instanceof Error ? error.message : String(error);
      });
    } else if (changed.has('wanted')) {
      void this.jumpToWanted();
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="part player" aria-label="Recording">
      <div class="player-tools">
        <label>Speed
          <select @change=${this.onSpeed}>
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${speed}×</option>`)}
          </select>
        </label>
        <label><input type="checkbox" .checked=${this.cutsPauses} @change=${() => {
          this.cutsPauses = !this.cutsPauses;
        }}>Skip pauses</label>
        <label><input type="checkbox" .checked=${this.showsKeys} @change=${() => {
          this.showsKeys = !this.showsKeys;
        }}>Show keys</label>
        <button class="link" @click=${() => this.onReplay(this.current?.number)}>${icon('terminal')}Replay in terminal</button>
      </div>
      ${this.fault === undefined ? nothing : html`<p class="note" role="alert">${this.fault}</p>`}
      <div class="screen" data-screen></div>
      <p class="now" role="status">${this.now()}</p>
      ${this.jumps()}
    </section>`;
  }

  private now(): unknown {
    const { current } = this;
    if (!current) return 'Before the first command';
    const id = current.command?.submission;
    const label = html`<code>${shown(current.label.slice(0, MOST_LABEL))}</code>`;
    return id === undefined
      ? html`Now: ${label}`
      : html`Now: ${label} <button class="link" data-now @click=${() => this.onCommand(id)}>Show command</button>`;
  }

  private jumps(): unknown {
    const chapters = this.film?.chapters ?? [];
    if (chapters.length === 0) return nothing;
    return html`<label class="jumps">Jump to
      <select @change=${this.onJump}>
        <option value="">${chapters.length} commands…</option>
        ${chapters.map(
          ({ label, number }, index) =>
            html`<option value=${index} ?selected=${this.current?.number === number}>#${number} ${label.slice(0, MOST_LABEL)}</option>`,
        )}
      </select>
    </label>`;
  }

  /** Makes the player anew: it takes its options only then. */
  private async build(isOther: boolean): Promise<void> {
    const { recording } = this;
    const screen = this.querySelector<HTMLElement>('[data-screen]');
    if (!recording || !screen) return;
    this.generation += 1;
    const { generation } = this;
    const chapter = isOther ? undefined : this.current;
    const read = readFilm(recording.text, recording.commands, this.cutsPauses ? IDLE : undefined);
    this.fault = read.ok ? undefined : read.why;
    if (!read.ok) return;
    const play = await loadPlayer(this.pageNonce);
    if (generation !== this.generation) return;
    const { film } = read;
    this.film = film;
    this.player?.dispose();
    const { columns: cols, rows, events } = film;
    this.player = play({ cols, rows, events }, screen, {
      preload: true,
      poster: 'npt:0:0',
      fit: 'width',
      controls: true,
      speed: this.speed,
      keystrokeOverlay: this.showsKeys,
      terminalFontFamily: 'var(--vscode-editor-font-family, monospace)',
      // Without its own limit the player takes none: pauses are cut already.
      idleTimeLimit: Number.MAX_SAFE_INTEGER,
    });
    this.requestUpdate();
    if (this.isLive) await this.player.seek(film.duration);
    else if (chapter) await this.player.seek(startOf(film, chapter.number));
    await this.jumpToWanted();
    this.tick();
  }

  private async jumpToWanted(): Promise<void> {
    const { wanted, film } = this;
    if (!wanted || !film || wanted === this.reached) return;
    if ('at' in wanted) {
      if (wanted.file !== this.recording?.file) return;
      this.reached = wanted;
      await this.seek(placeOf(film, wanted.at));
      return;
    }
    const { submission } = wanted;
    const chapter = film.chapters.find(({ command }) => command?.submission === submission);
    if (!chapter) return;
    this.reached = wanted;
    await this.seek(chapter.at);
  }

  private tick(): void {
    if (this.film) this.current = chapterAt(this.film, this.time);
  }

  private readonly onSpeed = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) this.speed = Number(event.target.value);
  };

  private readonly onJump = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.value === '') return;
    const chapter = this.film?.chapters[Number(event.target.value)];
    if (!chapter) return;
    this.onLeave();
    void this.seek(chapter.at);
  };
}

function startOf({ chapters }: Film, number: string): number {
  return chapters.find((chapter) => chapter.number === number)?.at ?? 0;
}
