import { inAutoId } from '../../remediation/policy/would-have.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import type { Assessed } from '../messages.ts';
import type { KeyLook } from './look.ts';

/** The entry of what mode auto would do; only where that differs from the last such entry. */
export const inAutoIn = (
  { settings }: Guardian,
  { verdict }: KeyState,
  { inAuto }: KeyLook,
  incident: string | undefined,
): Pick<Assessed, 'inAuto'> => {
  if (!inAuto) return {};
  const id = inAutoId(inAuto, incident);
  return { inAuto: { id, ...(id !== verdict?.inAuto && { news: { ...inAuto, mode: settings.policy.mode } }) } };
};
