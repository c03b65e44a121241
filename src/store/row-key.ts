import { createHash } from 'node:crypto';

/** Ids hold signs that keys of a row may not (`/ \ # ?`), so a row is named by their SHA-256 in hex. */
export const rowKeyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex');
