// Writes the settings' part of package.json and package.nls.json: npm run manifest.
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { configurationOf } from './configuration.ts';

const root = path.join(__dirname, '..', '..');
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const write = (file: string, value: unknown) =>
  writeFileSync(path.join(root, file), `${JSON.stringify(value, null, 2)}\n`);

const { configuration, texts } = configurationOf();
const manifest = read('package.json');
manifest.contributes.configuration = configuration;
write('package.json', manifest);
const others = Object.entries(read('package.nls.json')).filter(
  ([key]) => !key.startsWith('settings.'),
);
write('package.nls.json', { ...Object.fromEntries(others), ...texts });
