// The player of recordings as a bundle of its own: the page loads it where a recording is opened, and not before.
import 'asciinema-player/dist/bundle/asciinema-player.css';
import { create, type Options, type Player, type RecordingEvent } from 'asciinema-player';
import { PLAYER_NAME } from '../shared/player.ts';

export interface FilmSource {
  cols: number;
  rows: number;
  /** Times in seconds. */
  events: readonly RecordingEvent[];
}

/** Puts a player into an element. What the recording says is drawn as text, never as markup. */
function play({ events, ...size }: FilmSource, element: HTMLElement, options: Options): Player {
  const recording = {
    ...size,
    // A parser of its own gives milliseconds.
    events: events.map(([time, code, data]): RecordingEvent => [time * 1000, code, data]),
  };
  return create({ data: '', parser: () => recording }, element, options);
}

export type Play = typeof play;

Object.assign(window, { [PLAYER_NAME]: play });
