import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { ResourceManagementClient } from '@azure/arm-resources';
import { createClock } from '../../../../local/clock/authority.ts';
import { type Cloud, startCloud } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import type { Switches } from '../../../../local/cloud/service.ts';
import { buildWorld, type WorldPlan } from '../../../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../../../local/cloud/worlds/product.ts';
import { PLAN } from './mysql-world.ts';

// The CommonJS client can only be loaded once the ES modules that it requires are there.
const { MySQLManagementClient } = await import('@azure/arm-mysql');

const clock = createClock();

/** A cloud with the servers of a plan, behind its proxy; its certificates are trusted in this process. */
export const mysqlCloud = async (switches: Partial<Switches> = {}, plan: WorldPlan = PLAN): Promise<Cloud> => {
  const cloud = await startCloud({
    clock,
    switches: { inaccessibleAfterSeconds: 60, ...switches },
    log: () => undefined,
  });
  buildWorld(cloud.world, plan);
  tls.setDefaultCACertificates([await readFile(cloud.caFile, 'utf8')]);
  return cloud;
};

/** The real clients of a principal: the subscription's owner where none is given. Their errors show at once, without retries. */
export const clientsOf = (cloud: Cloud, principal: Principal | undefined = ownerOf(cloud)) => {
  if (!principal) throw new Error('There is nobody to sign in.');
  const credential = {
    getToken: async () => ({
      token: await cloud.world.entra.issue({ principal, audience: 'https://management.azure.com' }),
      expiresOnTimestamp: Date.now() + 3_600_000,
    }),
  };
  const options = { proxyOptions: { host: 'http://127.0.0.1', port: cloud.port }, retryOptions: { maxRetries: 0 } };
  return {
    mysql: new MySQLManagementClient(credential, subscriptionId, options),
    resources: new ResourceManagementClient(credential, subscriptionId, options).resources,
  };
};

const ownerOf = (cloud: Cloud) => cloud.world.entra.principals().find(({ name }) => name === 'owner');

/** All pages of a list. */
export const collected = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
};

/** The members that both generations of core-lro have, and the place where each keeps its result. */
type Poller<T> = { poll(): Promise<unknown> } & (
  | { isDone(): boolean; getResult(): T | undefined }
  | { isDone: boolean; result: T | undefined }
);

/** Polls an operation to its end at instants of the clock instead of waiting in real time. */
export const finished = async <T>(poller: Poller<T>): Promise<T | undefined> => {
  while (!(typeof poller.isDone === 'function' ? poller.isDone() : poller.isDone)) {
    await poller.poll();
    await clock.advance(15_000);
  }
  return 'getResult' in poller ? poller.getResult() : poller.result;
};

/** Time passes until both servers of PLAN have lost what they depend on and refuse connections. */
export const untilRefused = (): Promise<boolean> => clock.advance(3 * 60_000);
