import { type GetIncident200, getIncident } from '../../../client/api.ts';
import type { Guardian } from '../../../client/send.ts';
import { inTurn } from '../../api/in-turn.ts';
import { readIncidents } from '../../api/readers.ts';

/** Of each incident the app asks Azure's logs who did it: so many are read, and so many at once. */
const LAST = 30;
const AT_ONCE = 3;

export const readHistory = async (guardian: Guardian, signal: AbortSignal) => {
  const { value: all } = await readIncidents(guardian, signal);
  const ids = all.slice(-LAST).map(({ id }) => id);
  const whole = await inTurn(
    ids,
    AT_ONCE,
    (id) => getIncident(id, { guardian, signal }),
    () => undefined,
  );
  return { all, whole: whole.filter((one): one is GetIncident200 => one !== undefined) };
};

export type History = Awaited<ReturnType<typeof readHistory>>;
