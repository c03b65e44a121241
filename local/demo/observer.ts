import type { Cloud } from '../cloud/cloud.ts';
import type { Availability } from '../cloud/mysql/availability.ts';
import type { AppClient, KeySummary } from './app-client.ts';
import { ledgerRows } from './ledger-rows.ts';
import type { Row } from './row.ts';
import { serverRow } from './server-rows.ts';
import { type Mark, markOf, whichWake } from './which-wake.ts';

export type Observer = {
  /** What has happened since the last look, oldest first. */
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

/** Servers by what happened to them: another world brings servers of the same name with a history of their own. */
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

/** Reads the ledger of those keys of which something has changed, or is at work. */
const createLedgerWatch = (app: AppClient) => {
  const told = new Map<string, number>();
  const known = new Map<string, string>();
  const isStirring = (summary: KeySummary): boolean => {
    const state = JSON.stringify(summary);
    const before = known.get(summary.key);
    known.set(summary.key, state);
    return state !== before || summary.incident !== undefined;
  };
  const readKey = async ({ key }: KeySummary): Promise<readonly Row[]> => {
    const entries = await app.ledger(key);
    const fresh = entries.filter(({ seq }) => seq > (told.get(key) ?? 0));
    told.set(key, entries.at(-1)?.seq ?? 0);
    return fresh.flatMap(ledgerRows);
  };
  return async (): Promise<readonly Row[]> => {
    const stirring = (await app.keys()).filter(isStirring);
    return (await Promise.all(stirring.map(readKey))).flat();
  };
};

const isSame = (one: Mark, other: Mark): boolean =>
  one.request === other.request && one.delivered === other.delivered && one.alerts === other.alerts;

/** Watches the servers of the local Azure and the ledger of the app. Asks the app only after it asked Azure something. */
export const createObserver = (cloud: Cloud, app: AppClient): Observer => {
  const newOfWorld = createWorldWatch(cloud);
  const newOfServers = createServerWatch(cloud);
  const newOfLedger = createLedgerWatch(app);
  let mark = markOf(cloud);
  return {
    look: async () => {
      const azure = [...newOfWorld(cloud.world.clock.now()), ...newOfServers()];
      const now = markOf(cloud);
      if (isSame(now, mark)) return azure;
      const ledger = (await newOfLedger()).map((row) =>
        row.stage === 'detected' ? { ...row, text: `${whichWake(cloud, mark)} ${row.text}` } : row,
      );
      mark = now;
      return [...azure, ...ledger].sort((a, b) => a.at - b.at);
    },
  };
};
