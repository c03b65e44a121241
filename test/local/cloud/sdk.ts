import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { TokenCredential } from '@azure/identity';
import { createClock } from '../../../local/clock/authority.ts';
import { type Cloud, type CloudOptions, startCloud } from '../../../local/cloud/cloud.ts';
import type { Principal } from '../../../local/cloud/entra/entra.ts';
import { productId, subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { cleanUpAfterEach } from '../../run/clean-up.ts';

const running: (() => Promise<unknown>)[] = [];

cleanUpAfterEach(async () => {
  await Promise.all(running.splice(0).map((end) => end()));
});

/** A cloud of its own for a test, closed at the end of the test. Its log is in `lines`. */
export const aCloud = async (options: Partial<CloudOptions> = {}): Promise<Cloud & { lines: string[] }> => {
  const clock = options.clock ?? createClock({ now: new Date('2026-11-22T00:00:00Z') });
  const lines: string[] = [];
  const cloud = await startCloud({ log: (line) => lines.push(line), ...options, clock });
  running.push(async () => {
    await cloud.close();
    await clock.close();
  });
  return Object.defineProperty(cloud as Cloud & { lines: string[] }, 'lines', { value: lines });
};

/** The options by which every SDK client reaches the cloud from this process: its proxy and its authority. */
export const throughProxy = (cloud: Cloud, retries = 0) => {
  const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${cloud.port}` };
  const agent = new https.Agent({ keepAlive: true, proxyEnv, ca: readFileSync(cloud.caFile) });
  running.push(async () => agent.destroy());
  return { agent, retryOptions: { maxRetries: retries } };
};

/** A credential of a principal of the world. The SDK looks at real time, so it asks anew for every request. */
export const credentialOf = (cloud: Cloud, principal: Principal): TokenCredential => ({
  getToken: async (scopes) => {
    const audience = [scopes].flat()[0]?.replace(/\/\.default$/, '') ?? '';
    return { token: await cloud.world.entra.issue({ principal, audience }), expiresOnTimestamp: Date.now() };
  },
});

const found = (principal: Principal | undefined, name: string): Principal => {
  if (!principal) throw new Error(`There is no principal '${name}'.`);
  return principal;
};

/** The product's own principal. */
export const theProduct = ({ world }: Cloud): Principal => found(world.entra.managedIdentity(productId), 'product');

/** A person or application of the world by name; `owner` may do everything. */
export const named = ({ world }: Cloud, name: string): Principal =>
  found(
    world.entra.principals().find((each) => each.name === name),
    name,
  );

export { subscriptionId };

/** All items of a paged list. */
export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};
