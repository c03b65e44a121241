import { timeLockedOut } from '../durations.ts';
import { AT_HALF_A_MINUTE, WEB, WEB_KEY, WEB_KEY_ID, WEB_VAULT } from '../scenario.ts';
import type { Act } from './act.ts';

/** The most seconds that Azure takes, less than the minute in which a server looks at its key. */
const AS_IN_AZURE_SECONDS = 540;

/** A flexible server's key is deleted, an act for which Azure sends no event. */
export const deletion: Act = {
  title: 'A key is deleted, and there is no event for that',
  before:
    'The app is started again with its probe on, which looks at every key version in use once a minute. From here on the ' +
    'lock-out comes nine minutes after the loss: Azure says within ten.',
  settings: { GUARDIAN_PROBE_SCHEDULE: AT_HALF_A_MINUTE },
  switches: { inaccessibleAfterSeconds: AS_IN_AZURE_SECONDS },
  keyId: WEB_KEY_ID,
  server: WEB,
  beginning: 'the deletion',
  // The server looks at its key at the full minute, before the probe does.
  afterSweep: 40,
  stages: ['deleted', 'lost', 'detected', 'decided', 'recovered', 'Ready'],
  // The same as POST /_sim/break/delete-key.
  begin: async ({ cloud }) => {
    cloud.world.keyVault.deleteKey(WEB_VAULT, WEB_KEY);
    const text = `Somebody deletes ${WEB_KEY} with all its versions. Key Vault keeps it for 90 days, and tells nobody.`;
    return { stage: 'deleted', text, tone: 'bad' };
  },
  conclusion: (rows) =>
    `${WEB_KEY} is back with all its versions${timeLockedOut(rows) === undefined ? ', before anybody was locked out' : ''}; ` +
    'nobody did anything by hand.',
};
