import { looksSecret } from './looks-secret.ts';
import type { Parse } from './parse.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Table = typeof SETTINGS;

/** The values of all settings. A setting that is not set, or is faulty, is `undefined`. */
export type Values = { readonly [Name in keyof Table]: ValueOf<Table[Name]['parse']> | undefined };

type ValueOf<Of> = Of extends Parse<infer Value> ? Value : never;

type Reading = { readonly value: unknown; readonly faults: readonly string[] };

const readSetting = (setting: Setting, environment: Environment): Reading => {
  const { name, allowed } = setting;
  const given = environment[name]?.trim();
  // In the portal and in local.settings.json it is easier to empty a setting than to delete it.
  const text = given || (given === '' ? setting.whenEmpty : undefined) || setting.default;
  if (text === undefined) {
    return { value: undefined, faults: setting.optional ? [] : [`${name} is not set; allowed: ${allowed}.`] };
  }
  const parsed = setting.parse(text);
  if ('value' in parsed) return { value: parsed.value, faults: [] };
  const isHidden = setting.secret || parsed.wrong.some(looksSecret);
  const why = parsed.why === undefined ? '' : ` (${parsed.why.join('; ')})`;
  const shown = isHidden ? `holds something else${why}` : `is '${[...new Set(parsed.wrong)].join("', '")}'`;
  return { value: undefined, faults: [`${name} ${shown}; allowed: ${allowed}.`] };
};

/** Reads every setting, and reports the fault of each faulty one. */
export const readSettings = (environment: Environment): { values: Values; faults: readonly string[] } => {
  const readings = Object.entries(SETTINGS).map(([key, setting]) => [key, readSetting(setting, environment)] as const);
  return {
    values: Object.fromEntries(readings.map(([key, { value }]) => [key, value])) as Values,
    faults: readings.flatMap(([, { faults }]) => faults),
  };
};
