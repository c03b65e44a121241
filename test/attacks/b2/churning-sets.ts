import { TableClient } from '@azure/data-tables';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { productRequests } from '../../builders/incident.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-churned';
const PLACE = { subscription: subscriptionId, group: 'strangers', location: 'koreacentral' };
const VERSION = '0123456789abcdef0123456789abcdef';
const SETS = 10;
const ROUNDS = 6;
const SWEEP = 5 * MINUTE;

const isTheirs = (text: string): boolean => text.includes('churn-');

/** The number of rows about the keys that the strangers' sets have named: their consumers, their state, their wake-ups. */
const rowsOfTheirs = async ({ storage, tablePrefix }: App): Promise<number> => {
  const options = { allowInsecureConnection: true };
  const keys = TableClient.fromConnectionString(storage.connectionString, `${tablePrefix}keys`, options);
  const rows = await Array.fromAsync(keys.listEntities());
  return rows.filter(({ keyId }) => isTheirs(String(keyId))).length;
};

/** The requests of one sweep: to Resource Manager, and to the vaults that the strangers' sets name. */
const sweep = async (app: App): Promise<{ readonly arm: number; readonly ofTheirs: number }> => {
  const before = productRequests(app).length;
  await app.pass(SWEEP);
  const urls = productRequests(app)
    .slice(before)
    .map(({ url }) => new URL(url));
  const [arm, others] = [true, false].map((isArm) =>
    urls.filter(({ hostname }) => (hostname === 'management.azure.com') === isArm),
  );
  return { arm: arm?.length ?? 0, ofTheirs: others?.filter(({ href }) => isTheirs(href)).length ?? 0 };
};

/** In turn a key of a vault that does not exist, and a key that does not exist in the owner's vault. */
const keyUrlOf = (name: string, n: number): string =>
  n % 2 === 0
    ? `https://kv-${name}.vault.azure.net/keys/cmk/${VERSION}`
    : `https://${VAULT}.vault.azure.net/keys/${name}/${VERSION}`;

const removeTheirs = ({ cloud }: App): void => {
  const { sets } = cloud.world.compute;
  for (const { id } of [...sets.all()]) if (isTheirs(id)) sets.remove(id);
};

const makeNew = ({ cloud }: App, round: number): void => {
  for (let n = 0; n < SETS; n++) {
    const name = `churn-${round}-${n}`;
    cloud.world.compute.addSet({ ...PLACE, name, keyUrl: keyUrlOf(name, n) });
  }
};

/** Names that come and go: the rows about each, and the requests about it, must end with it. */
export const churningSets: Attack = {
  item: 'b2',
  sentence:
    'a contributor of another resource group makes sets on keys and vaults that are not there before each sweep, deletes them after it, and makes others of new names',
  plan: BOUNDED,
  play: async (app) => {
    const { keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const usual = await sweep(app);
    const most: number[] = [];
    const writes = await writesDuring(app, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        makeNew(app, round);
        most.push((await sweep(app)).arm - usual.arm);
        removeTheirs(app);
      }
      makeNew(app, ROUNDS);
      keyVault.deleteKey(VAULT, 'cmk');
      await sweep(app);
      removeTheirs(app);
    });
    const kept = await rowsOfTheirs(app);
    await app.pass(2 * HOUR);
    const left = await rowsOfTheirs(app);
    const last = await sweep(app);
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes: writes.filter(isTheirs), verdict },
      {
        'each of their names was seen': kept >= ROUNDS * SETS,
        'no sweep asks Resource Manager for more than 10 things more': Math.max(...most) <= 10,
        'no row of a name is left that nobody uses': left === 0,
        'nothing is asked for what is gone': last.ofTheirs === 0 && last.arm <= usual.arm + 2,
        'our key is recovered meanwhile': keyVault.key(VAULT, 'cmk') !== undefined && verdict.startsWith('healthy'),
      },
    );
  },
};
