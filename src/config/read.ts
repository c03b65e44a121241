import * as z from 'zod/mini';
import type { Setting } from './setting.ts';
import { SETTINGS } from './table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Table = typeof SETTINGS;

/** The values of all settings; one that is not set, or wrong, is `undefined`. */
export type Values = { readonly [Name in keyof Table]: z.infer<Table[Name]['schema']> | undefined };

type Reading = { readonly value: unknown; readonly faults: readonly string[] };

/** Names the entries of a list that are wrong; a value that is no list is one entry. */
const wrongParts = (text: string, issues: readonly { readonly path: readonly PropertyKey[] }[]): readonly string[] => {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return [...new Set(issues.map(({ path }) => (typeof path[0] === 'number' ? entries[path[0]] : text) ?? text))];
};

const readSetting = (setting: Setting, environment: Environment): Reading => {
  const { name, allowed } = setting;
  // The portal and local.settings.json cannot delete a setting as easily as empty it.
  const text = environment[name]?.trim() || setting.default;
  if (text === undefined) {
    return { value: undefined, faults: setting.optional ? [] : [`${name} is not set; allowed: ${allowed}.`] };
  }
  const result = z.safeParse(setting.schema, text);
  if (result.success) return { value: result.data, faults: [] };
  const shown = setting.secret ? 'holds something else' : `is '${wrongParts(text, result.error.issues).join("', '")}'`;
  return { value: undefined, faults: [`${name} ${shown}; allowed: ${allowed}.`] };
};

/** Reads every setting, and says of each that is wrong what is wrong. */
export const readSettings = (environment: Environment): { values: Values; faults: readonly string[] } => {
  const readings = Object.entries(SETTINGS).map(([key, setting]) => [key, readSetting(setting, environment)] as const);
  return {
    values: Object.fromEntries(readings.map(([key, { value }]) => [key, value])) as Values,
    faults: readings.flatMap(([, { faults }]) => faults),
  };
};
