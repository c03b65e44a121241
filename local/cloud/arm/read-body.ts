import { z } from 'zod';
import { AzureError } from './error.ts';

/** The body as the schema reads it. One 400 InvalidRequestContent names every mistake in it. */
export const readBody = <T extends z.ZodType>(schema: T, body: unknown): z.infer<T> => {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  throw new AzureError(400, 'InvalidRequestContent', `The request content was invalid: ${faults}.`);
};

export const TAGS = z.record(z.string(), z.string());
