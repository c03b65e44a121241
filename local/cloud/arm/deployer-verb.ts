import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { guid } from '../draw.ts';
import type { SimVerb, World } from '../service.ts';
import { firstRegistrations } from './registrations.ts';

const deployer = z.object({
  name: z.string().min(1).default('deployer'),
  secret: z.string().min(1).optional(),
  subscription: z.guid().optional(),
  resource: z.string().startsWith('/').optional(),
});

/**
 * Makes a person who deploys: Owner of a subscription. Where the subscription is not there, it is made, empty and with no
 * provider registered. The answer has the variables that Terraform and OpenTofu read from their environment.
 */
export const deployerVerb = ({ entra, rbac, subscriptions }: World): SimVerb => ({
  name: 'create-deployer',
  title: 'An application with a secret, or a managed identity, that owns a subscription and deploys into it',
  parameters: {
    'name?': 'of the application; deployer when left out',
    'secret?': 'of the application; drawn when left out',
    'subscription?': 'id of the subscription; of one that is made when left out',
    'resource?': 'id of a resource whose managed identity deploys instead of an application',
  },
  run: (input) => {
    const { name, secret = randomBytes(24).toString('base64url'), resource, ...given } = deployer.parse(input);
    const id = given.subscription ?? guid('subscription', name);
    if (!subscriptions.get(id))
      subscriptions.add({ id, name, tenantId: entra.tenantId, registrations: firstRegistrations() });
    const principal =
      resource === undefined ? entra.createServicePrincipal({ name, secret }) : entra.createSystemIdentity(resource);
    rbac.assign({ scope: `/subscriptions/${id}`, role: 'Owner', principalId: principal.objectId });
    const signIn =
      resource === undefined ? { ARM_CLIENT_ID: principal.appId, ARM_CLIENT_SECRET: secret } : { ARM_USE_MSI: 'true' };
    return {
      objectId: principal.objectId,
      environment: { ARM_TENANT_ID: entra.tenantId, ARM_SUBSCRIPTION_ID: id, ARM_USE_CLI: 'false', ...signIn },
    };
  },
});
