// Which view of the panel is shown. More views are added here and in view/panelApp.ts.

export type Route =
  | { view: 'log' }
  | { view: 'summary' }
  /** One command: as a hold while it waits, as its story afterwards. */
  | { view: 'command'; id: string }
  | { view: 'sessions' }
  /** A recorded session, or one command of it. */
  | { view: 'session'; session: string; command?: string };

/** What outlives the page: it is thrown away each time that the panel is hidden. */
export interface Kept {
  route: Route;
  mode: 'commands' | 'events';
}

export const FIRST_VIEW: Kept = { route: { view: 'log' }, mode: 'commands' };

/** What an earlier page has kept; anything that it cannot have kept is ignored. */
export function readKept(value: unknown): Kept {
  if (typeof value !== 'object' || value === null) return FIRST_VIEW;
  const { route, mode } = value as { route?: unknown; mode?: unknown };
  return { route: readRoute(route), mode: mode === 'events' ? 'events' : 'commands' };
}

function readRoute(value: unknown): Route {
  if (typeof value !== 'object' || value === null) return FIRST_VIEW.route;
  const { view, id, session, command } = value as Record<string, unknown>;
  if (view === 'summary' || view === 'sessions') return { view };
  if (view === 'session' && typeof session === 'string') {
    return typeof command === 'string' ? { view, session, command } : { view, session };
  }
  return view === 'command' && typeof id === 'string' ? { view, id } : FIRST_VIEW.route;
}
