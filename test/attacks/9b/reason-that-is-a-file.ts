import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { functionKey, outcome } from '../witness.ts';

const REASONS = ['@/etc/passwd', ' @-', 'a\nb', 'a\u2028b', '\u001b[2J', 'a\u202eb', 'x'.repeat(501), '', ' '];

/** The product writes a reason into the ledger, into messages, and beside commands. */
export const reasonThatIsAFile: Attack = {
  item: '9b',
  sentence: 'the holder of a function key gives reasons that are files to az, more than a line, or unseen',
  plan: ORDERED,
  play: async (app) => {
    const statuses: number[] = [];
    for (const why of REASONS)
      for (const path of ['/api/pause', '/api/do-not-heal']) {
        const body = path.endsWith('pause') ? { why } : { target: 'https://kv-lifted.vault.azure.net', why };
        statuses.push((await app.call({ method: 'PUT', path, body, headers: functionKey(app) })).status);
      }
    const { body } = await app.door({ method: 'GET', path: '/api/overrides' }, 200);
    const claims = {
      'every one is refused': statuses.every((status) => status === 400),
      'no pause was made': (body as { paused: unknown }).paused === null,
    };
    return outcome({ writes: [], verdict: [...new Set(statuses)].join(' ') }, claims);
  },
};
