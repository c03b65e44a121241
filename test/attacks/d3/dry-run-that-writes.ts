import type { HostCall } from '../../../local/call-host.ts';
import { allStorage } from '../../builders/all-storage.ts';
import { server } from '../../builders/incident.ts';
import { type App, NEXT_SWEEP, SECOND } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-platform';
const REPAIRS = ['enableKey', 'grantKeyAccess', 'revalidateConsumer', 'extendKeyExpiry'];
const NOT_QUITE = ['dryRun=TRUE', 'dryRun=1', 'dryRun=yes', 'dryRun=', 'dryrun=true', 'dryRun=true&dryRun=false'];

const starts = (app: App, dry: string): readonly HostCall[] => {
  const body = { resource: server(app, VAULT.replace(/^kv-/, '')).id };
  const posts = ['reconciliations', ...REPAIRS.map((step) => `orchestrators/${step}`)];
  return [
    ...posts.map((route) => ({ method: 'POST', path: `/api/${route}?${dry}`, body }) as const),
    { method: 'POST', path: `/api/sweeps?${dry}` },
  ];
};

const statusesOf = async (app: App, calls: readonly HostCall[]): Promise<readonly number[]> => {
  const statuses: number[] = [];
  const requester = await signedIn(app, 'requester');
  for (const headers of [requester, functionKey(app)])
    for (const call of calls) statuses.push((await app.call({ ...call, headers })).status);
  return statuses;
};

export const dryRunThatWrites: Attack = {
  item: 'd3',
  sentence:
    'a requester, and the holder of a function key, runs every start dry, and as dry as a misspelt word makes it',
  plan: OPENED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const kept = () => allStorage(app.storage.connectionString, app.tablePrefix);
    let dry: readonly number[] = [];
    let notQuite: readonly number[] = [];
    let before: readonly string[] = [];
    let after: readonly string[] = [];
    const writes = await writesDuring(app, async () => {
      before = await kept();
      dry = await statusesOf(app, starts(app, 'dryRun=true'));
      notQuite = await statusesOf(
        app,
        NOT_QUITE.flatMap((one) => starts(app, one)),
      );
      after = await kept();
      await app.pass(SECOND);
    });
    const changed = after.filter((row) => !before.includes(row));
    return outcome(
      {
        writes,
        verdict: `${[...new Set([...dry, ...notQuite])].toSorted().join(' ')}; ${await verdictOn(app, VAULT)}`,
      },
      {
        [`what is dry is told (${dry.join(' ')})`]: dry.some((one) => one === 200) && !dry.includes(202),
        [`what is misspelt is refused (${[...new Set(notQuite)].join(' ')})`]: notQuite.every(
          (one) => one === 400 || one === 401,
        ),
        [`nothing is kept or started (${changed[0]})`]: changed.length === 0,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
