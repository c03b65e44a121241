import type { HostCall } from '../../../local/call-host.ts';
import { sentBy } from '../../builders/alerts.ts';
import { type App, HOUR, MINUTE } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { planAskedIn } from '../kept.ts';
import { functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-platform';
const NO_KEY = { 'x-functions-key': '' };

/** The headers that App Service adds in front of an app whose sign-in is its own. */
const claimed = (app: App) => {
  const claims = [
    { typ: 'roles', val: 'Approver' },
    { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: 'somebody' },
  ];
  const principal = { auth_typ: 'aad', claims, name_typ: 'name', role_typ: 'roles' };
  return {
    ...functionKey(app),
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': 'somebody',
    'x-ms-token-aad-access-token': 'x',
  };
};

/** An owner has disabled the key: the product asks before it enables the key. */
export const somebodyByAHeader: Attack = {
  item: 'd2',
  sentence:
    'somebody with a key, a header of the platform, a Reader’s, a requester’s or an action group’s token approves what is asked, by every way',
  plan: OPENED,
  play: async (app) => {
    const planId = await planAskedIn(app, VAULT);
    const comers = [
      NO_KEY,
      functionKey(app),
      claimed(app),
      { ...claimed(app), ...NO_KEY },
      { ...functionKey(app), ...(await signedIn(app, 'requester')) },
      { ...claimed(app), ...(await signedIn(app, 'owner')) },
      { ...functionKey(app), ...(await sentBy(app)), ...functionKey(app) },
    ];
    const paths = ['/api', '/api/keyed', '/api//keyed', '/api/KEYED', '/api/keyed/..'];
    const statuses = new Set<number>();
    const code = `?code=${app.host().functionKey}`;
    const approve = async (call: Omit<HostCall, 'method'>): Promise<void> => {
      statuses.add((await app.call({ method: 'POST', ...call })).status);
    };
    const writes = await writesDuring(app, async () => {
      for (const headers of comers)
        for (const below of paths) {
          await approve({ path: `${below}/plans/${planId}/approval`, headers, body: {} });
          await approve({ path: `${below}/plans/${planId.slice(0, 8)}/approval${code}`, headers, body: {} });
          await approve({ path: `${below}/approvals`, headers, body: [{ planId }] });
        }
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    await app.pass(MINUTE);
    return outcome(
      { writes, verdict: `${[...statuses].toSorted().join(' ')}; ${verdict}` },
      {
        'it was asked': planId !== '',
        'every way is closed': [...statuses].every((one) => [400, 401, 403, 404].includes(one)),
        'it goes on being asked': verdict.startsWith('ask'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
