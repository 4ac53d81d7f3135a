// Times and durations in the words of the panel.

/** `14:03:59`, in the person's own time. */
export function clockTime(iso: string): string {
  const date = new Date(iso);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** `320 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(minutes, 'min', seconds % 60, 's');
  return joined(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

export interface Countdown {
  /** `0:41`; undefined where it waits for ever. */
  left: string | undefined;
  /** Share of the time that is left, 0 to 1; 1 where it waits for ever. */
  share: number;
  waited: string;
  isUrgent: boolean;
}

/** Seconds from which on a hold is called urgent. */
const URGENT = 10;

/** How long a hold has waited and may still wait. */
export function countdown(heldAt: string, expiresAt: string | undefined, now: number): Countdown {
  const since = Date.parse(heldAt);
  const whole = Math.floor(Math.max(0, now - since) / 1000);
  const waited = whole < 10 ? `${whole} s` : duration(whole * 1000);
  if (expiresAt === undefined) return { left: undefined, share: 1, waited, isUrgent: false };
  const end = Date.parse(expiresAt);
  const seconds = Math.max(0, Math.ceil((end - now) / 1000));
  const share = end > since ? Math.max(0, Math.min(1, (end - now) / (end - since))) : 0;
  const left = `${Math.floor(seconds / 60)}:${twoDigits(seconds % 60)}`;
  return { left, share, waited, isUrgent: seconds <= URGENT };
}

/** `3 B`, `12 kB`, `4.5 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
