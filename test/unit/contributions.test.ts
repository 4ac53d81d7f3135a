// What the code calls its commands, settings and views is what package.json declares.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  commandIds,
  contextKeys,
  EXTENSION_NAME,
  settings,
  taskType,
  toolName,
  viewIds,
} from '../../src/contributions.ts';
import { configurationOf } from '../manifest/configuration.ts';

const root = path.join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const nls = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const contributes = manifest.contributes;

interface Property {
  scope: string;
  default: unknown;
  items: { properties: Record<string, { enum?: string[] }> };
}

const properties: Record<string, Property> = Object.assign(
  {},
  ...contributes.configuration.map((section: { properties: object }) => section.properties),
);

describe('contributions', () => {
  it('commands are equal', () => {
    const declared = contributes.commands.map((entry: { command: string }) => entry.command);
    assert.deepEqual([...declared].sort(), Object.values(commandIds).sort());
  });

  it('settings are equal: key, scope and default', () => {
    const declared = Object.entries(properties).map(([key, { scope, default: initial }]) => ({
      key,
      scope,
      initial,
    }));
    const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);
    assert.deepEqual(
      declared.sort(byKey),
      Object.values(settings)
        .map(({ key, scope, initial }) => ({ key, scope, initial }))
        .sort(byKey),
    );
  });

  it('package.json and package.nls.json hold what the settings table says (npm run manifest)', () => {
    const { configuration, texts } = configurationOf();
    assert.deepEqual(contributes.configuration, JSON.parse(JSON.stringify(configuration)));
    const declared = Object.entries(nls).filter(([key]) => key.startsWith('settings.'));
    assert.deepEqual(Object.fromEntries(declared), texts);
  });

  it('each text key of package.json has its text, and each text its key', () => {
    const keys = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(keys)].sort(), Object.keys(nls).sort());
  });

  it('what a person reads of it can be translated; what a model reads stays as it is', () => {
    const READ =
      /^(title|category|name|label|contextualTitle|description|markdownDescription|displayName|userDescription|altText)$/;
    const plain: string[] = [];
    const look = (value: unknown, name: string, place: string): void => {
      if (typeof value === 'string') {
        if (READ.test(name) && !/^%[\w.]+%$/.test(value)) plain.push(`${place}: ${value}`);
      } else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) look(inner, key, `${place}/${key}`);
      }
    };
    const isData = (name: string) => ['defaultSnippets', 'inputSchema'].includes(name);
    const read = JSON.parse(JSON.stringify(contributes), (name, value) =>
      isData(name) ? undefined : value,
    );
    look(read, '', 'contributes');
    look(manifest.capabilities, '', 'capabilities');
    assert.deepEqual(plain, [`contributes/languageModelTools/0/name: ${toolName}`]);
  });

  it('I7 – a workspace can set only what asks or denies', () => {
    const open = Object.entries(properties).filter(([, { scope }]) => scope !== 'application');
    assert.deepEqual(
      open.map(([key]) => key),
      [settings.workspaceRules.key],
    );
    const rule = properties[settings.workspaceRules.key]?.items.properties;
    assert.deepEqual(rule?.action?.enum, ['ask', 'deny']);
    assert.equal(rule?.upTo, undefined);
  });

  it('I7 – Restricted Mode keeps the gate on', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });

  it('views, task type and tool are equal', () => {
    assert.equal(contributes.viewsContainers.activitybar[0].id, viewIds.container);
    assert.equal(contributes.views[viewIds.container][0].id, viewIds.sessionLog);
    assert.equal(contributes.taskDefinitions[0].type, taskType);
    assert.equal(contributes.languageModelTools[0].name, toolName);
    assert.equal(manifest.name, EXTENSION_NAME);
  });

  it('context keys named in when clauses exist', () => {
    const text = JSON.stringify([contributes.commands, contributes.menus]);
    const used = new Set(text.match(/interlock\.\w+(?= >| &&|")/g));
    const known = new Set<string>([
      ...Object.values(commandIds),
      ...Object.values(contextKeys),
      ...Object.values(viewIds),
    ]);
    assert.deepEqual(
      [...used].filter((name) => !known.has(name)),
      [],
    );
  });

  it('files that the manifest names exist', () => {
    const pictures = contributes.walkthroughs.flatMap(
      ({ steps }: { steps: { media: { image?: string; svg?: string } }[] }) =>
        steps.map(({ media }) => media.image ?? media.svg),
    );
    const { icon } = contributes.viewsContainers.activitybar[0];
    for (const file of [manifest.icon, icon, ...pictures]) {
      assert.ok(readFileSync(path.join(root, file)).length > 0, file);
    }
  });
});
