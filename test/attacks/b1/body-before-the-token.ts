import type { Attack } from '../attack.ts';
import { LISTENING } from '../quiet-apps.ts';
import { answered, functionKey, outcome, writesDuring } from '../witness.ts';

const APPROVAL = `/api/plans/${'0'.repeat(64)}/approval`;
const nested = (levels: number): unknown => (levels === 0 ? {} : { why: nested(levels - 1) });

/**
 * A route that a token opens reads no part of the body before it has verified the token; all other routes read at most 64 KiB.
 */
export const bodyBeforeTheToken: Attack = {
  item: 'b1',
  sentence:
    'somebody without a key or a token sends megabytes to the door of approvals, and one with a key to that of pauses',
  plan: LISTENING,
  play: async (app) => {
    const verdicts: string[] = [];
    const send = async (method: 'POST' | 'PUT', path: string, body: unknown, headers = {}): Promise<void> => {
      verdicts.push(answered(await app.call({ method, path, body, headers: { ...functionKey(app), ...headers } })));
    };
    const writes = await writesDuring(app, async () => {
      await send('POST', APPROVAL, 'x'.repeat(2_000_000), { 'x-functions-key': '' });
      await send('POST', APPROVAL, nested(1_000), { authorization: 'Bearer x' });
      await send('PUT', '/api/pause', { why: 'x'.repeat(70_000) });
      await send('PUT', '/api/pause', nested(1_000));
    });
    const told = verdicts.join(', ');
    const expected = '401 Unauthorized, 401 Unauthorized, 413 TooLarge, 400 TooMuch';
    return outcome(
      { writes, verdict: told },
      { 'nothing is written': writes.length === 0, refused: told === expected },
    );
  },
};
