import { z } from 'zod';
import type { FullWorld } from '../create-world.ts';
import { guid } from '../draw.ts';
import { buildWorld } from '../worlds/build-world.ts';

export const createdSubscription = z.object({
  name: z.string().min(1),
  managementGroup: z.string().min(1).optional(),
  server: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,20}$/)
    .optional(),
});

/** Makes a subscription whose id depends on its name alone; on request it has a server that uses a key. */
export const createSubscription = (
  world: FullWorld,
  { name, managementGroup, server }: z.infer<typeof createdSubscription>,
): { readonly subscription: string } => {
  const { entra, subscriptions } = world;
  const subscription = guid('subscription', name);
  subscriptions.add({ id: subscription, name, tenantId: entra.tenantId });
  if (managementGroup !== undefined) subscriptions.putBelow(managementGroup, { subscription });
  if (server !== undefined) {
    const [vault, key] = [`kv-${server}`, 'cmk'];
    buildWorld(world, {
      vaults: [{ name: vault, permissions: 'accessPolicies', keys: [{ name: key, expiresInDays: 365 }], subscription }],
      servers: [{ name: server, generation: 'single', vault, key, subscription }],
    });
  }
  return { subscription };
};
