import * as z from 'zod/mini';
import { count, text } from './parts.ts';

/** Whether a chain is intact, or which of its rows was changed. */
export const verification = z.union([
  z.strictObject({ kind: z.literal('intact'), head: z.strictObject({ seq: count, hash: text }) }),
  z.strictObject({ kind: z.literal('broken'), seq: count, fault: text }),
]);
