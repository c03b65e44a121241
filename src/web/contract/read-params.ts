import { type DoorAnswer, refusal } from '../door.ts';
import type { ContractRow } from './row.ts';

/** How many characters of the path are repeated in an answer. */
const SHOWN = 100;

/**
 * Refuses a path in which a name has a form that no such name has; `undefined` where all forms are right. For such a name neither
 * storage nor Azure is asked.
 */
export const refusedPath = (
  { params = {} }: Pick<ContractRow, 'params'>,
  sent: Readonly<Record<string, string>>,
): DoorAnswer | undefined => {
  for (const [name, { is, schema, example }] of Object.entries(params)) {
    const value = sent[name] ?? '';
    if (schema.safeParse(value).success) continue;
    const detail = `There is nothing by the name '${value.slice(0, SHOWN)}': in this path stands ${is}, such as ${example}.`;
    return refusal(404, 'NotFound', detail);
  }
  return undefined;
};
