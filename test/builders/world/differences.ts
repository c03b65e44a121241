import type { Json } from './world-state.ts';

const isFields = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const said = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Every path where two states differ: `path: value before → value after`. Fields are compared one by one. */
export const differences = (before: Json | undefined, after: Json | undefined, path = ''): readonly string[] => {
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differences(before[name], after[name], path ? `${path} › ${name}` : name));
  }
  return said(before) === said(after) ? [] : [`${path}: ${said(before)} → ${said(after)}`];
};
