import type { Parse } from './parse.ts';

/** One setting of the app. Its text is used in docs/settings.md, in the sample file and in the message that refuses it. */
export type Setting<Value = unknown> = {
  readonly name: string;
  readonly parse: Parse<Value>;
  /** The value that counts when the setting is not set. A setting with neither this nor `optional` must be set. */
  readonly default?: string;
  /** The meaning of an empty value, where it differs from a setting that is not set. */
  readonly whenEmpty?: string;
  readonly optional?: true;
  /** Completes the sentence "allowed: …". */
  readonly allowed: string;
  readonly purpose: string;
  /** The value in local.settings.sample.json where there is no default. */
  readonly example?: string;
  /** Its value never appears in a message. */
  readonly secret?: true;
};

/** Keeps the type of each setting's value. */
export const settings = <const Table extends Readonly<Record<string, Setting>>>(table: Table): Table => table;
