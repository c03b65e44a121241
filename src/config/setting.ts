import type { Parse } from './parse.ts';

/** One setting of the app. Its text is a line of docs/settings.md, of the sample file and of the message that refuses it. */
export type Setting<Value = unknown> = {
  readonly name: string;
  readonly parse: Parse<Value>;
  /** What counts when it is not set. A setting with neither this nor `optional` must be set. */
  readonly default?: string;
  /** What it means to leave it empty, where that is not the same as not to set it. */
  readonly whenEmpty?: string;
  readonly optional?: true;
  /** Completes the sentence "allowed: …". */
  readonly allowed: string;
  readonly purpose: string;
  /** Stands in local.settings.sample.json where there is no default. */
  readonly example?: string;
  /** Its value never appears in a message. */
  readonly secret?: true;
};

/** Keeps the type of each setting's value. */
export const settings = <const Table extends Readonly<Record<string, Setting>>>(table: Table): Table => table;
