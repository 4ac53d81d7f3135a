// Writes the notices of the works that go into the package, from what the bundles really hold.
// Invariant: a work without a licence that can be named stops the build.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const root = import.meta.dirname;

/**
 * @param {readonly string[]} inputs files of the bundles, from the root of the project
 * @param {readonly string[]} packages that are shipped without being bundled
 * @param {string} file
 */
export function writeNotices(inputs, packages, file) {
  const names = [...new Set([...inputs.flatMap(packageOf), ...packages])].sort();
  const header = 'Interlock contains these works. Each stands under its own licence.\n';
  writeFileSync(file, [header, ...names.map(noticeOf)].join(`\n${'-'.repeat(80)}\n\n`));
}

function packageOf(input) {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return name === undefined ? [] : [name];
}

function noticeOf(name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license, homepage } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  if (typeof license !== 'string') throw new Error(`${name} names no licence.`);
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|notice|copying)/i.test(entry))
    .map((entry) => path.join(folder, entry))
    .filter((entry) => existsSync(entry))
    .map((entry) => readFileSync(entry, 'utf8').trim());
  const title = [`${name} ${version} (${license})`, homepage].filter(Boolean).join('\n');
  return `${[title, ...texts].join('\n\n')}\n`;
}
