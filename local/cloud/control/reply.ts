import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { InputError } from './controlled.ts';

export type Reply = { status: number; body: unknown };

/** The 400 for an error that a verb threw, with every mistake named. */
export const refusal = (error: unknown): Reply => {
  if (error instanceof z.ZodError) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    return wrong({ error: 'The input is wrong.', faults });
  }
  if (error instanceof InputError) return wrong({ error: error.message, faults: error.faults });
  if (error instanceof SyntaxError) return wrong({ error: 'The body is not JSON.', faults: [error.message] });
  if (error instanceof AzureError) return wrong({ error: error.message, code: error.inner ?? error.code });
  return wrong({ error: error instanceof Error ? error.message : String(error) });
};

const wrong = (body: unknown): Reply => ({ status: 400, body });
