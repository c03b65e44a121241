import { draw } from '../draw.ts';
import type { KeyOperation, World } from '../service.ts';
import { type Loss, loseKey, refuseConnections, regainKey } from './availability.ts';
import { geoBackupUsage, type KeyUsage, keyUsage, RUNNING, useKey } from './key-check.ts';
import type { KeyRefusal } from './key-refusal.ts';
import type { FlexibleServer, Server } from './server.ts';
import type { Servers } from './servers.ts';

const DEFAULT_CHECK_SECONDS = 60;
/** Connections end within ten minutes of the loss of the key; the next check notices that loss. */
const MOST_SECONDS_TO_REFUSAL = 600;

export type HealthLoop = {
  /** Begins the checks, if they are not under way. */
  watch(): void;
  /** Every server uses its key now. */
  checkNow(): Promise<void>;
};

/** One shared tick of the cloud's clock for all servers; it stops when no server has a customer-managed key. */
export const createHealthLoop = (world: World, servers: Servers): HealthLoop => {
  let ticking = false;

  const checkNow = async () => {
    const seen = new Map<string, Promise<KeyRefusal | undefined>>();
    for (const server of servers.all()) {
      await check(world, servers, server, seen);
      if (server.generation === 'flexible') await checkGeoBackup(world, server, seen);
    }
  };
  const watch = () => {
    if (ticking || !servers.all().some(keyUsage)) return;
    ticking = true;
    world.clock.setTimeout(tick, checkSeconds(world) * 1000);
  };
  const tick = () => {
    void world.clock
      .hold(checkNow)
      .catch((error) => world.log(`the servers could not check their keys: ${error}`))
      .finally(() => {
        ticking = false;
        watch();
      });
  };
  return { watch, checkNow };
};

type Seen = Map<string, Promise<KeyRefusal | undefined>>;

const check = async (world: World, servers: Servers, server: Server, seen: Seen): Promise<void> => {
  const reason = await refusalOf(world, server, seen);
  if (servers.get(server.id) !== server) return;
  const at = world.clock.now();
  if (!reason) return regainKey(server.availability, at);
  if (server.availability.loss || server.availability.condition !== 'ready') return;
  const loss = { at, refusesAt: at + secondsToRefusal(world, server) * 1000, reason };
  loseKey(server.availability, loss);
  world.clock.setTimeout(() => {
    void world.clock
      .hold(() => refuse(world, servers, server, loss))
      .catch((error) => world.log(`${server.name} could not check its key: ${error}`));
  }, loss.refusesAt - at);
};

/** The servers with the same identity and key share the answer of one tick. */
const refusalOf = (world: World, server: Server, seen: Seen): Promise<KeyRefusal | undefined> => {
  const usage = keyUsage(server);
  if (!usage || server.availability.condition !== 'ready') return Promise.resolve(undefined);
  return shared(world, usage, RUNNING[server.generation], seen);
};

const shared = (world: World, usage: KeyUsage, operations: KeyOperation[], seen: Seen) => {
  const same = `${usage.principalId} ${usage.kid} ${operations}`;
  const use = seen.get(same) ?? useKey(world, usage, operations);
  seen.set(same, use);
  return use;
};

/** A backup that cannot be written affects no client today: the loss is noted, and the server goes on. */
const checkGeoBackup = async (world: World, server: FlexibleServer, seen: Seen): Promise<void> => {
  const usage = server.dataEncryption && geoBackupUsage(server.identities, server.dataEncryption);
  const reason = usage && (await shared(world, usage, RUNNING.flexible, seen));
  if (!reason) delete server.geoBackupLoss;
  else server.geoBackupLoss ??= { at: world.clock.now(), reason };
};

/** Tries the key a last time before the connections end. */
const refuse = async (world: World, servers: Servers, server: Server, loss: Loss): Promise<void> => {
  const { availability } = server;
  if (availability.loss === loss) await check(world, servers, server, new Map());
  if (servers.get(server.id) !== server || availability.loss !== loss || availability.condition !== 'ready') return;
  const at = world.clock.now();
  refuseConnections(availability, at);
  world.log(`${server.name} refuses connections: ${loss.reason.code}`);
  world.changed({ kind: 'serverInaccessible', resourceId: server.id, at });
};

const checkSeconds = ({ switches }: World): number => switches.keyCheckSeconds ?? DEFAULT_CHECK_SECONDS;

const secondsToRefusal = (world: World, { name }: Server): number => {
  const most = Math.max(1, MOST_SECONDS_TO_REFUSAL - checkSeconds(world));
  return world.switches.inaccessibleAfterSeconds ?? 1 + Math.floor(draw('refusal', name.toLowerCase()) * most);
};
