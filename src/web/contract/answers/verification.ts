import * as z from 'zod/mini';
import { count, text } from './parts.ts';

/** Whether a chain is intact, or which row of it is not as it was entered. */
export const verification = z.union([
  z.strictObject({ kind: z.literal('intact'), head: z.strictObject({ seq: count, hash: text }) }),
  z.strictObject({ kind: z.literal('broken'), seq: count, fault: text }),
]);
