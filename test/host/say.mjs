// Tells the person at the terminal what goes on while it takes long, and runs programs for it.
import { spawn, spawnSync } from 'node:child_process';

/** @param {string} text */
export function say(text) {
  console.log(`interlock: ${text}`);
}

/**
 * Runs a program to its end. What it prints is shown only where it fails.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} everything that it printed
 */
export function run(program, words, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => chunks.push(chunk));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const printed = Buffer.concat(chunks).toString();
      if (code === 0) resolve(printed);
      else
        reject(new Error(`${program} ${words.join(' ')}: ${signal ?? `exit ${code}`}\n${printed}`));
    });
  });
}

/**
 * Is there a program of this name?
 * @param {string} name
 */
export function hasProgram(name) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  return spawnSync(finder, [name], { stdio: 'ignore' }).status === 0;
}
