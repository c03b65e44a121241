import { z } from 'zod';

/**
 * An object whose unknown members are refused. Read-only members (`readOnly`) are accepted and ignored, since clients send back
 * the objects that they read.
 */
export const writable = <Shape extends z.ZodRawShape>(shape: Shape, readOnly: readonly string[] = []) =>
  z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => !readOnly.includes(name)));
  }, z.strictObject(shape));
