import { enteredIn } from '../../remediation/protocol/believe.ts';
import { rowsOfIncident } from '../../remediation/protocol/incident-rows.ts';
import { stillAffected } from '../../remediation/protocol/still-affected.ts';
import type { Guardian } from '../guardian.ts';
import type { Kept } from '../memory/kept.ts';
import { readOutOfReach } from '../out-of-reach.ts';
import type { KeyLook } from './look.ts';

/**
 * The consumers (ARM ids, lower-cased) that the open incident left affected and that are out of scope now, so that this look
 * has not seen them. No call where all that was affected was seen.
 */
export const affectedAndLetGo = async (
  guardian: Guardian,
  { state, believed }: Pick<Kept, 'state' | 'believed'>,
  { consumers }: KeyLook['observation'],
): Promise<readonly string[]> => {
  if (state.incident === undefined) return [];
  const affected = stillAffected(rowsOfIncident(enteredIn(believed), state.incident.id));
  const seen = new Set(consumers.kind === 'present' ? consumers.value.map(({ id }) => id.toLowerCase()) : []);
  const unseen = [...affected].filter((id) => !seen.has(id));
  return unseen.length === 0 ? [] : unseen.filter(await readOutOfReach(guardian));
};
