import { minutesAndSeconds } from '../countdown.ts';
import { timeLockedOut } from '../durations.ts';
import { KEY, KEY_ID, SERVER, VAULT } from '../scenario.ts';
import type { Act } from './act.ts';

/** A single server's key expires, and its users are locked out before the app gets the event. */
export const expiry: Act = {
  title: 'A key expires',
  before:
    'Nothing is broken before the first sweep has found all healthy: the silence of an app that has yet seen nothing would ' +
    'prove nothing. A key that nears its expiry slowly is extended 30 days before, and nobody is locked out; so here time ' +
    'reaches at once an expiry that was set long ago. One that somebody sets to end a key would be left until a person says yes.',
  keyId: KEY_ID,
  server: SERVER,
  beginning: 'the expiry',
  afterSweep: 30,
  stages: ['lost', 'detected', 'decided', 'extended', 'revalidated', 'Ready'],
  // The same as POST /_sim/break/expire-key.
  begin: async ({ cloud, clock }) => {
    const { keyVault } = cloud.world;
    const version = keyVault.key(VAULT, KEY)?.versions.at(-1)?.version ?? '';
    keyVault.letExpire(VAULT, KEY, version, Math.floor(clock.now() / 1000) - 1);
    const text = `${KEY} expires: from now on Key Vault refuses to wrap with it.`;
    return { stage: 'expired', text, tone: 'bad' };
  },
  conclusion: (rows) => {
    const lockedOut = timeLockedOut(rows);
    const down =
      lockedOut === undefined
        ? ''
        : `The users of ${SERVER} were locked out for ${minutesAndSeconds(lockedOut)} minutes. `;
    return `${down}First ${KEY} was extended, then ${SERVER} was made to try it again; nobody did anything by hand.`;
  },
};
