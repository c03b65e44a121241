import type { Guardian } from '../loop/guardian.ts';
import { record } from '../loop/record.ts';
import type { Held } from '../store/quarantine.ts';
import { judgeAlert } from './alerts.ts';
import { signature } from './callers.ts';
import { type Door, type DoorAnswer, notWoken, refusal } from './door.ts';

const ID = /^[0-9a-f]{40}$/;

const find = async ({ store }: Guardian, id: string): Promise<Held | undefined> =>
  ID.test(id) ? store.quarantine.get(id) : undefined;

const notFound = (id: string): DoorAnswer =>
  refusal(
    404,
    'NotFound',
    `There is nothing in quarantine by the name ${id.slice(0, 80)}. GET /api/quarantine lists all.`,
  );

/** GET: the alerts that were not understood, newest first, each with the reason. */
export const listQuarantine: Door = async (_request, { store }) => ({
  status: 200,
  body: { value: await store.quarantine.list() },
});

/** GET: one of these alerts, with its full text. */
export const getQuarantined: Door = async ({ params }, guardian) => {
  const id = params['id'] ?? '';
  const held = await find(guardian, id);
  return held ? { status: 200, body: held } : notFound(id);
};

/**
 * POST: reads the alert again, with the present release, and follows it. An alert that is understood now leaves the quarantine;
 * else it stays, and the answer is 409 with the reason.
 */
export const replayQuarantined: Door = async (request, guardian, durable) => {
  const id = request.params['id'] ?? '';
  const held = await find(guardian, id);
  if (!held) return notFound(id);
  const { heard, why, input } = judgeAlert(held);
  if (held.cut || heard === 'held')
    return refusal(
      409,
      'NotUnderstood',
      `It is still not understood: ${held.cut ? held.why : why}. Look at what it is about by POST /api/reconciliations.`,
    );
  await record(guardian, 'alert replayed', { by: signature(request.caller), alert: id, heard });
  const answer = { status: 202, body: { heard, why: `${why}.` } };
  const followed = input ? await durable.followAlert(input).then(() => undefined, notWoken) : undefined;
  if (followed) return followed;
  await guardian.store.quarantine.release(id);
  return answer;
};
