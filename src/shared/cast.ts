// The one reader of recordings and the one filter for their output, for the panel: it may import nothing of core but types.
export { type Cast, type CastEvent, readCast } from '../core/session/asciicast.ts';
export { SafeTerminal } from '../core/session/safeTerminal.ts';
