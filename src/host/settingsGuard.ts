// Stands between the settings as they are written and as the gate uses them.
// Invariant: what loosens, from whichever file and whenever it came, counts only after a person has said so in a native modal (I9);
// until then the strictest of the old and the new holds, also after a restart.
import { sha256 } from '../core/session/chain.ts';
import { Emitter } from './emitter.ts';
import {
  type GateSettings,
  type RawSettings,
  readGateSettings,
  settingsText,
} from './gateSettings.ts';
import { loosenings, strictest } from './looseness.ts';
import { count } from './messages.ts';
import type { Disposable } from './panelModel.ts';
import type { Prompts } from './prompts.ts';

/** What was confirmed last; kept where no workspace and no agent's command reaches. */
export interface ConfirmedStore {
  /** False until it can be told what was confirmed. */
  isReady(): boolean;
  read(): Partial<RawSettings> | undefined;
  write(raw: RawSettings): void;
}

export interface SettingsGuardOptions {
  /** The settings as they stand in the editor now. */
  read(): RawSettings;
  confirmed: ConfirmedStore;
  prompts: Pick<Prompts, 'modal'>;
  /** Another window of the editor asks where this one is not looked at. */
  isFocused(): boolean;
  report(problem: string): void;
}

/** A change of what the gate uses, for the log. */
export interface SettingsNote {
  /** False where it has only become known what was confirmed before. */
  isNews: boolean;
  policySha256: string;
  loosens: boolean;
  text: string;
}

const STAY = 'Stay Strict';
const LOOSEN = 'Loosen the Gate';

export class SettingsGuard {
  /** What the gate uses. */
  current: GateSettings;
  sha256: string;
  /** What waits for a person; empty where nothing does. */
  waiting: readonly string[] = [];
  private raw: RawSettings;
  /** The settings that a person refused to loosen to; they are not asked about again by themselves. */
  private refused: string | undefined;
  private isAsking = false;
  private wasReady = false;
  private readonly changes: Emitter<SettingsNote>;

  constructor(private readonly options: SettingsGuardOptions) {
    this.changes = new Emitter((error) => options.report(String(error)));
    this.raw = options.read();
    this.current = readGateSettings(this.raw);
    this.sha256 = '';
    this.settle();
  }

  /** What the gate uses has changed. */
  onDidChange(listener: (note: SettingsNote) => void): Disposable {
    return this.changes.listen(listener);
  }

  /** The settings, the confirmed ones or the focus may be others now. */
  refresh(): void {
    const [before, waited] = [this.sha256, this.waiting.length];
    const isNews = this.wasReady;
    this.raw = this.options.read();
    this.settle();
    if (before !== this.sha256 || waited !== this.waiting.length) this.tell(false, isNews);
    void this.askOnce();
  }

  /** Asks about what waits, also where it was refused before. */
  async review(): Promise<void> {
    this.refused = undefined;
    await this.askOnce();
  }

  private async askOnce(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      // They may change once more while the question is open; then it is asked anew.
      while (this.isToAsk()) await this.askAbout(hashOf(this.raw));
    } catch (error) {
      this.options.report(`A change of the settings could not be shown: ${String(error)}`);
    } finally {
      this.isAsking = false;
    }
  }

  private isToAsk(): boolean {
    const isNew = this.waiting.length > 0 && hashOf(this.raw) !== this.refused;
    return isNew && this.options.isFocused();
  }

  private async askAbout(hash: string): Promise<void> {
    const isMeant = await this.ask();
    if (hash !== hashOf(this.raw)) return;
    if (isMeant) this.accept();
    else this.refused = hash;
  }

  private async ask(): Promise<boolean> {
    const { waiting } = this;
    const shown = waiting.slice(0, 12).map((text) => `• ${text}`);
    const more = waiting.length > 12 ? [`… and ${count(waiting.length - 12, 'more change')}.`] : [];
    const detail = [
      'The settings of Interlock have changed. Did you change them? An agent or a repository may have.',
      '',
      ...shown,
      ...more,
      '',
      'Until you agree, the stricter of the old and the new settings holds.',
    ].join('\n');
    const question = 'Loosen the gate?';
    // The first button takes a stray Enter.
    return (await this.options.prompts.modal(question, detail, [STAY, LOOSEN])) === LOOSEN;
  }

  private accept(): void {
    this.options.confirmed.write(this.raw);
    this.settle();
    this.tell(true);
  }

  private settle(): void {
    const { confirmed } = this.options;
    const isReady = confirmed.isReady();
    const wanted = readGateSettings(this.raw);
    const before = readGateSettings({ ...unset(this.raw), ...(isReady ? confirmed.read() : {}) });
    const looser = loosenings(before, wanted);
    this.current = looser.length === 0 ? wanted : strictest(before, wanted);
    this.sha256 = hashOf(this.current);
    // Until then nobody is asked about what may have been confirmed long ago.
    this.waiting = isReady ? looser : [];
    this.wasReady = isReady;
    if (!isReady) return;
    // What tightens counts at once, and to take it back loosens again.
    if (this.waiting.length === 0 && hashOf(confirmed.read()) !== hashOf(this.raw))
      confirmed.write(this.raw);
  }

  private tell(loosens: boolean, isNews = true): void {
    const { current, sha256: policySha256, waiting } = this;
    const wait =
      waiting.length === 0 ? '' : ` ${count(waiting.length, 'loosening change')} not confirmed.`;
    this.changes.fire({ isNews, policySha256, loosens, text: `${settingsText(current)}${wait}` });
  }
}

function unset(raw: RawSettings): RawSettings {
  return Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])) as RawSettings;
}

function hashOf(value: unknown): string {
  return sha256(JSON.stringify(value) ?? '');
}
