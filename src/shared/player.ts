// Where the page finds the player of recordings once its script, which is a bundle of its own, has run.
export const PLAYER_NAME = 'interlockPlayer';
