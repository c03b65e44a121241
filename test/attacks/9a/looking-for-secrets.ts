import { breakLinks } from '../../builders/breaking/break-link.ts';
import type { Subject } from '../../builders/breaking/subjects.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import { PEOPLE, signedIn } from '../../builders/people.ts';
import { givenAway } from '../../builders/secrets/given-away.ts';
import type { Attack } from '../attack.ts';
import { answered, outcome, verdictOn } from '../witness.ts';
import { victim } from '../world.ts';

const VAULT = 'kv-searched';
const OURS: Subject = {
  kind: 'single',
  name: 'searched',
  vault: VAULT,
  model: 'accessPolicies',
  links: ['keyDeleted', 'networkClosed'],
};

/** No host answers at this address: every notice fails, and the log has the failure. */
const WEBHOOK = 'https://127.0.0.1:59999/services/T0/B0/0123456789?code=0123456789abcdef';

/** An incident with every failure: refused, throttled, a token for another audience. */
export const lookingForSecrets: Attack = {
  item: '9a',
  sentence: 'a reader of log, ledger, evidence, history and answers looks for anything that opens a door',
  plan: {
    world: victim(VAULT),
    wake: 'sweep',
    settings: { ...PEOPLE, GUARDIAN_MODE: 'approve', GUARDIAN_NOTIFICATION_WEBHOOK: WEBHOOK },
  },
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    for (const kind of ['403', '500', 'reset'] as const)
      app.cloud.faults.add({ route: 'GET *', kind, rate: 0.5, times: 3, caller: 'cmk-guardian' });
    breakLinks(app.cloud.world, OURS);
    await app.pass(HOUR);
    const headers = { 'x-functions-key': '', ...(await signedIn(app, 'approver', { audience: 'api://another' })) };
    const refused = await app.call({
      method: 'POST',
      path: `/api/plans/${'0'.repeat(64)}/approval`,
      headers,
      body: {},
    });
    await app.call({ method: 'GET', path: '/api/ledger?key=product' });
    await app.call({ method: 'GET', path: `/api/ledger?key=https://${VAULT}.vault.azure.net/keys/cmk` });
    const given = await givenAway(app);
    return outcome(
      { writes: [], verdict: `${answered(refused)}; ${await verdictOn(app, VAULT)}` },
      {
        'a notice failed, and the log says so': app.said.some((line) => /notification webhook failed/.test(line)),
        'the token was refused': refused.status === 401,
        [`nothing is found (${given[0]})`]: given.length === 0,
      },
    );
  },
};
