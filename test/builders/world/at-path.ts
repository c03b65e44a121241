import type { Fields, Json } from './world-state.ts';

export type Path = readonly string[];

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at this path; undefined where there is none. */
export const valueAt = (state: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (isFields(value) ? value[name] : undefined), state);

/** The text at this place; empty where there is none. */
export const textAt = (state: Json | undefined, path: Path): string => {
  const value = valueAt(state, path);
  return typeof value === 'string' ? value : '';
};

/** A change at one path; without a value the path is removed. */
export type Edit = { readonly path: Path; readonly value?: Json | undefined };

/** The state with these edits, later edits over earlier ones; the given state stays unchanged. */
export const edited = <S extends Fields>(state: S, edits: readonly Edit[]): S => {
  const copy = structuredClone(state);
  for (const { path, value } of edits) write(copy, path, value);
  return copy;
};

const write = (state: Fields, [name = '', ...rest]: Path, value: Json | undefined): void => {
  if (rest.length > 0) {
    const below = state[name];
    const fields = isFields(below) ? below : {};
    state[name] = fields;
    write(fields, rest, value);
  } else if (value === undefined) delete state[name];
  else state[name] = structuredClone(value);
};
