import type { Cloud } from '../cloud/cloud.ts';
import type { Availability } from '../cloud/mysql/availability.ts';
import type { AppClient, KeySummary } from './app-client.ts';
import { ledgerRows } from './ledger-rows.ts';
import type { Row } from './row.ts';
import { serverRow } from './server-rows.ts';

export type Observer = {
  /** The rows since the last look, oldest first. */
  look(): Promise<readonly Row[]>;
};

const createWorldWatch = (cloud: Cloud) => {
  let known = cloud.world;
  return (at: number): readonly Row[] => {
    if (cloud.world === known) return [];
    known = cloud.world;
    return [{ at, stage: 'new world', text: 'Another world was loaded.', tone: 'plain', turn: { to: 'newWorld' } }];
  };
};

/** Servers with their histories: another world has servers of the same name with histories of their own. */
const createServerWatch = (cloud: Cloud) => {
  const told = new WeakMap<Availability, number>();
  return (): readonly Row[] =>
    cloud.world.mysql.servers.all().flatMap(({ name, availability }) => {
      const { history } = availability;
      const fresh = history.slice(told.get(availability) ?? 0);
      told.set(availability, history.length);
      return fresh.map((event) => serverRow(name, event));
    });
};

/** The lines of one key in the list: a line for each consumer, or one line without a consumer. */
type Listed = { readonly key: string; readonly lines: readonly KeySummary[] };

const keysIn = (lines: readonly KeySummary[]): readonly Listed[] =>
  [...Map.groupBy(lines, ({ key }) => key)].map(([key, ofKey]) => ({ key, lines: ofKey }));

/** Reads the ledger of the keys that changed or are at work. */
const createLedgerWatch = (app: AppClient) => {
  const told = new Map<string, number>();
  const known = new Map<string, string>();
  const isStirring = ({ key, lines }: Listed): boolean => {
    const state = JSON.stringify(lines);
    const before = known.get(key);
    known.set(key, state);
    return state !== before || lines.some(({ incident }) => incident !== undefined);
  };
  const readKey = async ({ key, lines }: Listed): Promise<readonly Row[]> => {
    const entries = await app.ledger(key);
    const fresh = entries.filter(({ seq }) => seq > (told.get(key) ?? 0));
    told.set(key, entries.at(-1)?.seq ?? 0);
    const isUsed = lines.some(({ consumer }) => consumer !== undefined);
    return fresh.flatMap((entry) => ledgerRows(entry, { isUsed }));
  };
  return async (): Promise<readonly Row[]> => {
    const stirring = keysIn(await app.keys()).filter(isStirring);
    return (await Promise.all(stirring.map(readKey))).flat();
  };
};

const lastRequest = (cloud: Cloud): number => cloud.requests.list().at(-1)?.n ?? 0;

/**
 * Watches the servers of the local Azure and the ledger of the app. It reads the app's ledger only after the app has sent a
 * request to Azure.
 */
export const createObserver = (cloud: Cloud, app: AppClient): Observer => {
  const newOfWorld = createWorldWatch(cloud);
  const newOfServers = createServerWatch(cloud);
  const newOfLedger = createLedgerWatch(app);
  let seen = lastRequest(cloud);
  return {
    look: async () => {
      const azure = [...newOfWorld(cloud.world.clock.now()), ...newOfServers()];
      const last = lastRequest(cloud);
      if (last === seen) return azure;
      const ledger = await newOfLedger();
      seen = last;
      return [...azure, ...ledger].sort((a, b) => a.at - b.at);
    },
  };
};
