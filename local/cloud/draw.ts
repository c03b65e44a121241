import { createHash } from 'node:crypto';

const digest = (parts: unknown[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();

/** A number in [0, 1) that depends on its parameters alone: randomness that can be repeated. */
export const draw = (...parts: (string | number)[]): number => digest(parts).readUInt32BE(0) / 2 ** 32;

/** A GUID that depends on its parameters alone. */
export const guid = (...parts: (string | number)[]): string => {
  const hex = digest(parts).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
