import { KEY_ID, REPLICA, SERVER, VAULT } from '../scenario.ts';
import type { Act } from './act.ts';

/** A replica inherits the key of its source, and no access to it. */
export const replica: Act = {
  title: 'A replica may not use the key',
  before:
    `A replica of ${SERVER} inherits its key, but has no identity of its own, and so no access: it serves nobody until somebody ` +
    'gives it both and has it try again. Whoever can make a server must not get a key by that. This one gets it because Azure ' +
    `itself says that it is a replica of ${SERVER}, which the app knows. From here on Event Grid delivers within seconds.`,
  switches: { eventDelaySeconds: 5 },
  keyId: KEY_ID,
  server: REPLICA,
  beginning: 'the replica was made',
  afterSweep: 10,
  stages: ['replica', 'detected', 'decided', 'assigned', 'granted', 'revalidated', 'Ready'],
  begin: async ({ cloud }) => {
    const body = JSON.stringify({ server: SERVER, name: REPLICA });
    const answer = await fetch(`${cloud.control}/break/create-replica`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`No replica could be made: ${await answer.text()}`);
    return { stage: 'replica', text: `Somebody makes ${REPLICA}, a read replica of ${SERVER}.`, tone: 'plain' };
  },
  conclusion: () =>
    `${REPLICA} has an identity of its own, may use the key in ${VAULT} as far as a server must, and serves. Permissions take ` +
    'effect when they do, and nothing tells when: only a try that succeeds shows it. Nobody did anything by hand.',
};
