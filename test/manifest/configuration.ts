// package.json's configuration and package.nls.json, made from the settings' own table.
import { settings } from '../../src/contributions.ts';
import {
  type SettingSchema,
  type SettingSection,
  settingSections,
} from '../../src/settingsSchema.ts';

type Json = Record<string, unknown>;

export interface Manifest {
  configuration: Json[];
  /** Key to English text, for package.nls.json. */
  texts: Record<string, string>;
}

/** What the two files have to hold about settings. */
export function configurationOf(sections: readonly SettingSection[] = settingSections): Manifest {
  const texts: Record<string, string> = {};
  const words = (key: string, text: string) => {
    texts[key] = text;
    return `%${key}%`;
  };
  const configuration = sections.map((section, index) => ({
    title: words(`settings.${section.id}`, section.title),
    order: index + 1,
    properties: Object.fromEntries(
      Object.entries(section.settings).map(([name, schema], at) => {
        const { key, scope, initial } = settings[name as keyof typeof settings];
        const property = propertyOf(name, schema, words);
        return [key, { order: at + 1, scope, ...property, default: initial }];
      }),
    ),
  }));
  return { configuration, texts };
}

function propertyOf(
  name: string,
  { schema, description, values = [] }: SettingSchema,
  words: (key: string, text: string) => string,
): Json {
  const key = `settings.${name}`;
  const labels = values.map(({ label }, at) => words(`${key}.${at}.label`, label));
  const sentences = values.map((value, at) => words(`${key}.${at}`, value.description));
  return {
    ...translated(key, schema, words),
    ...(values.length > 0 && { enumItemLabels: labels, markdownEnumDescriptions: sentences }),
    markdownDescription: words(`${key}.description`, description),
  };
}

/** The schema with each description in it as a key. */
function translated(
  key: string,
  schema: Readonly<Json>,
  words: (key: string, text: string) => string,
): Json {
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      const at = `${key}.${name}`;
      if (name === 'description' && typeof value === 'string') return [name, words(key, value)];
      if (name === 'enumDescriptions' && Array.isArray(value))
        return [name, value.map((text, index) => words(`${key}.${index}`, String(text)))];
      if (name === 'properties' || name === 'items' || isSchema(value))
        return [name, translated(name === 'properties' ? key : at, value as Json, words)];
      return [name, value];
    }),
  );
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value;
}
