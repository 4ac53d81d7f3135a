// Which recorded sessions are old enough to go.
// Invariant: what is open, broken or young stays, so that nobody can push out the traces of what was just done.

/** Undefined: no limit. */
export interface RetentionLimits {
  days: number | undefined;
  bytes: number | undefined;
}

export interface RetentionCandidate {
  session: string;
  size: number;
  /** ISO time of its last line; undefined where it has none. */
  lastAt: string | undefined;
  /** Closed, and sound. */
  isSettled: boolean;
}

export interface Expired<T> {
  session: T;
  why: string;
}

const DAY_MS = 86_400_000;

/** However much there is, sessions of the last days are kept. */
const LEAST_DAYS = 7;

/** Oldest first, each with its reason. */
export function chooseExpired<T extends RetentionCandidate>(
  sessions: readonly T[],
  { days, bytes }: RetentionLimits,
  now: Date,
): Expired<T>[] {
  const ageOf = ({ lastAt }: T) =>
    lastAt === undefined ? 0 : (now.getTime() - Date.parse(lastAt)) / DAY_MS;
  const free = sessions
    .filter((session) => session.isSettled && session.lastAt !== undefined)
    .sort((a, b) => (a.lastAt ?? '').localeCompare(b.lastAt ?? ''));
  const expired: Expired<T>[] = [];
  let total = sessions.reduce((sum, { size }) => sum + size, 0);
  for (const session of free) {
    const age = ageOf(session);
    const isTooOld = days !== undefined && age > days;
    const isTooMuch = bytes !== undefined && total > bytes && age > LEAST_DAYS;
    if (!isTooOld && !isTooMuch) continue;
    const why = isTooOld
      ? `It is older than ${days} days (interlock.retention.days).`
      : `All sessions together take more than ${Math.round((bytes ?? 0) / 1_000_000)} MB (interlock.retention.megabytes).`;
    expired.push({ session, why });
    total -= session.size;
  }
  return expired;
}
