import type { z } from 'zod';
import { AzureError } from '../arm/error.ts';

/** A request's body in the shape that the operation takes, or 400 with every fault named by its path. */
export const parseBody = <T>(schema: z.ZodType<T>, body: unknown, code: string): T => {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new AzureError(400, code, `The request body is invalid: ${faults.join('; ')}`);
};
