import { hash } from 'node:crypto';

/** Ids hold characters that row keys must not have (`/ \ # ?`), so a row is named by the SHA-256 of its id, in hex. */
export const rowKeyOf = (...parts: readonly string[]): string => hash('sha256', parts.join('\n'));
