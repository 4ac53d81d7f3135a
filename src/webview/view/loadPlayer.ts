// Brings the player's script into the page, once, where it is needed.
import { PLAYER_NAME } from '../../shared/player.ts';
import type { Play } from '../player.ts';

/** Rejects where the script cannot be loaded. `nonce` is that of the page. */
export async function loadPlayer(nonce: string): Promise<Play> {
  const known = playerOf(window);
  if (known) return known;
  const { player = '', playerStyle = '' } = document.getElementById('root')?.dataset ?? {};
  const style = document.createElement('link');
  Object.assign(style, { rel: 'stylesheet', href: playerStyle });
  const script = document.createElement('script');
  Object.assign(script, { src: player, nonce });
  const loaded = new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('The player could not be loaded.')));
  });
  document.head.append(style, script);
  await loaded;
  const play = playerOf(window);
  if (!play) throw new Error('The player could not be started.');
  return play;
}

function playerOf(page: object): Play | undefined {
  return (page as Record<string, Play | undefined>)[PLAYER_NAME];
}
