// Finds the browser that shows the test editor, and installs it where that is possible.
import { existsSync } from 'node:fs';
import { installPackages } from './debian.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What a browser without a screen of its own is started with. `--no-sandbox`: root has no other way. */
export const BROWSER_WORDS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium; `INTERLOCK_CHROMIUM` names one that is not in a usual place.
 * @returns {Promise<string>}
 */
export async function prepareChromium() {
  const found = find();
  if (found) return found;
  await installPackages(['chromium', 'fonts-dejavu-core'], 'Chromium (or set INTERLOCK_CHROMIUM)');
  const installed = find();
  if (!installed) throw new Error('Chromium was installed, but it is in none of the usual places.');
  return installed;
}

function find() {
  return [process.env.INTERLOCK_CHROMIUM, ...PLACES].find((place) => place && existsSync(place));
}
