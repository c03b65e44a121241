import { homeTenant } from '../../cloud/create-world.ts';
import { hearAlerts } from '../../cloud/worlds/hear-alerts.ts';
import { timeLockedOut } from '../durations.ts';
import { WEB, WEB_KEY, WEB_KEY_ID, WEB_VAULT } from '../scenario.ts';
import type { Act } from './act.ts';

/** The client id of the app's registration, for which action groups get their tokens. */
const CLIENT_ID = '33333333-3333-3333-3333-333333333333';

/** The least time that Azure needs, by its documents, until queries see a log entry of a vault. */
const AS_IN_AZURE_SECONDS = 180;
const LOCKED_OUT_AFTER_SECONDS = 540;

/** A key is deleted. The audit log of its vault shows that, and an alert rule on the log calls the app. */
export const alert: Act = {
  title: 'A key is deleted, and the audit log of its vault tells of it',
  before:
    'The vaults send their audit logs to a workspace, where a rule looks once a minute for deleted keys. Its action group calls the ' +
    'app as a secure webhook, with a token of Entra: the app is started again with the settings that ask for it. What a vault has ' +
    'logged is seen three minutes later, which is the least in Azure; still before the next sweep. The probe is off.',
  settings: { GUARDIAN_ALERT_TENANT: homeTenant, GUARDIAN_ALERT_AUDIENCE: CLIENT_ID },
  switches: { inaccessibleAfterSeconds: LOCKED_OUT_AFTER_SECONDS, auditLogDelaySeconds: AS_IN_AZURE_SECONDS },
  keyId: WEB_KEY_ID,
  server: WEB,
  beginning: 'the deletion',
  afterSweep: 40,
  stages: ['deleted', 'lost', 'detected', 'decided', 'recovered', 'Ready'],
  // The same as POST /_sim/repair/hear-alerts and POST /_sim/break/delete-key.
  begin: async ({ cloud, host }) => {
    const serviceUri = `http://127.0.0.1:${host().port}/api/alerts`;
    hearAlerts(cloud.world, { serviceUri, identifierUri: `api://${CLIENT_ID}`, evaluationFrequency: 'PT1M' });
    cloud.world.keyVault.deleteKey(WEB_VAULT, WEB_KEY);
    const text = `Somebody deletes ${WEB_KEY} with all its versions. There is no event for that, but a row in the vault's audit log.`;
    return { stage: 'deleted', text, tone: 'bad' };
  },
  conclusion: (rows) =>
    `${WEB_KEY} is back with all its versions${timeLockedOut(rows) === undefined ? ', before anybody was locked out' : ''}. The alert ` +
    'named a vault and a key, and nothing more of it was believed; nobody did anything by hand.',
};
