import { z } from 'zod';

/**
 * An object whose unknown members are refused. What only Azure writes (`readOnly`) may be sent back, as clients do that put what
 * they have read, and counts for nothing.
 */
export const writable = <Shape extends z.ZodRawShape>(shape: Shape, readOnly: readonly string[] = []) =>
  z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !readOnly.includes(name)));
  }, z.strictObject(shape));
