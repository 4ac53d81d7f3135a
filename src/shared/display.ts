// The one way in which text of agents is shown, for the panel: it may import nothing of core but types.
export { cutMiddle, type Piece, showPieces, showText } from '../core/session/display.ts';
