import { draw } from '../draw.ts';
import type { GridEvent } from './grid-event.ts';

type Data = Record<string, string | number | null>;

/** A moment as Azure has been seen to write it: a number, the number in quotes, null, or nothing at all. */
const moment = (name: 'NBF' | 'EXP', value: number | undefined, event: GridEvent, seed: number): Data => {
  const chance = draw(seed, event.id, name);
  if (value === undefined) return chance < 0.5 ? { [name]: null } : {};
  return { [name]: chance < 0.5 ? value : String(value) };
};

/** One event in ten carries the stray spaces that the official samples have. */
const hasStraySpaces = (event: GridEvent, seed: number) => draw(seed, event.id, 'spaces') < 0.1;

/**
 * `data` of a Key Vault event, PascalCase as on the wire. The table of the schema calls NBF and EXP numbers, every sample
 * quotes them; which one an event gets depends on the seed and its id alone (Event Grid, Key Vault as event source).
 */
export const eventData = (event: GridEvent, seed: number): Data => {
  const { key, vault, topic } = event;
  // No sample of VaultAccessPolicyChanged exists; the SDK gives it the same fields.
  if (!key)
    return { Id: topic, VaultName: vault, ObjectType: 'Vault', ObjectName: vault, Version: '', NBF: null, EXP: null };
  const spaces = hasStraySpaces(event, seed);
  return {
    Id: key.kid,
    VaultName: vault,
    ObjectType: 'Key',
    [spaces ? 'ObjectName ' : 'ObjectName']: key.name,
    Version: spaces ? ` ${key.version}` : key.version,
    ...moment('NBF', key.nbf, event, seed),
    ...moment('EXP', key.exp, event, seed),
  };
};
