import type { Answer } from '../room.ts';

/** An error as Entra answers it: the OAuth code, and an AADSTS number in the description. */
export const loginRefusal = (status: number, error: string, error_description: string): Answer => ({
  status,
  body: { error, error_description, error_codes: [Number(/\d+/.exec(error_description)?.[0] ?? 0)] },
});
