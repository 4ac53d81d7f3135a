// The banner over a command: its level in colour and in words, and what is at stake.
import { html, nothing, type TemplateResult } from 'lit';
import type { Level, Questions } from '../../core/risk/types.ts';
import { levelIcon, stakes } from '../model/words.ts';
import { icon } from './text.ts';

export interface BannerOptions {
  level: Level;
  score: number;
  questions: Questions | undefined;
  /** At the end of the first line. */
  aside?: unknown;
}

export function banner({ level, score, questions, aside }: BannerOptions): TemplateResult {
  const words = questions ? stakes(questions) : [];
  return html`<div class="banner banner-${level.toLowerCase()}">
    <div class="banner-line">
      ${icon(levelIcon(level))}<strong>${level}</strong
      ><span class="banner-score"><span class="visually-hidden">score </span>${score}</span>
      <span class="aside">${aside ?? nothing}</span>
    </div>
    ${words.length === 0 ? nothing : html`<div class="stakes">${words.join(' · ')}</div>`}
  </div>`;
}
