import { z } from 'zod';
import type { Route } from '../service.ts';
import type { DataRoute } from './data-route.ts';
import { activeKey } from './find-key.ts';
import { keyUri } from './key-bundle.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';
import { DEFAULT_ROTATION_POLICY, type LifetimeAction, type RotationPolicy } from './rotation-policy.ts';
import type { Vault } from './vault.ts';

const actionType = z.string().transform((text, context): 'Notify' | 'Rotate' => {
  const found = (['Notify', 'Rotate'] as const).find((one) => one.toLowerCase() === text.toLowerCase());
  if (found) return found;
  context.addIssue(`'${text}' is neither Rotate nor Notify`);
  return z.NEVER;
});

const policyPut = z.object({
  lifetimeActions: z
    .array(
      z.object({
        trigger: z.object({ timeAfterCreate: z.string().nullish(), timeBeforeExpiry: z.string().nullish() }),
        action: z.object({ type: actionType }),
      }),
    )
    .default([]),
  attributes: z.object({ expiryTime: z.string().nullish() }).nullish(),
});

const fromWire = ({ lifetimeActions, attributes }: z.output<typeof policyPut>): RotationPolicy => ({
  lifetimeActions: lifetimeActions.map(
    ({ trigger: { timeAfterCreate, timeBeforeExpiry }, action }): LifetimeAction => ({
      trigger: { ...(timeAfterCreate ? { timeAfterCreate } : {}), ...(timeBeforeExpiry ? { timeBeforeExpiry } : {}) },
      action,
    }),
  ),
  ...(attributes?.expiryTime ? { expiryTime: attributes.expiryTime } : {}),
});

const seconds = (instant: number) => Math.floor(instant / 1000);

const toWire = (vault: Vault, name: string, policy: RotationPolicy) => ({
  id: `${keyUri(vault, name)}/rotationpolicy`,
  lifetimeActions: policy.lifetimeActions,
  attributes: {
    ...(policy.expiryTime ? { expiryTime: policy.expiryTime } : {}),
    ...(policy.createdAt === undefined ? {} : { created: seconds(policy.createdAt) }),
    ...(policy.updatedAt === undefined ? {} : { updated: seconds(policy.updatedAt) }),
  },
});

/** Routes of the rotation policy: the time of rotation, and of the event before expiry. */
export const rotationPolicyRoutes = (route: DataRoute, keyVault: KeyVault): Route[] => [
  route('GET', '/keys/{key}/rotationpolicy', 'getRotationPolicy', ({ vault, name, now }) => {
    const { rotationPolicy = DEFAULT_ROTATION_POLICY } = activeKey(vault, name, now);
    return { status: 200, body: toWire(vault, name, rotationPolicy) };
  }),
  route('PUT', '/keys/{key}/rotationpolicy', 'setRotationPolicy', ({ vault, name, call }) => {
    const policy = fromWire(parseBody(policyPut, call.body, 'BadParameter'));
    return { status: 200, body: toWire(vault, name, keyVault.setRotationPolicy(vault.name, name, policy)) };
  }),
];
