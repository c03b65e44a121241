import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import type { Call, World } from '../service.ts';
import { checkNameIsFree, storedKey } from './find-key.ts';
import type { Key } from './key.ts';
import type { KeySpec } from './key-changes.ts';
import type { KeyVault } from './key-vault.ts';
import { parseBody } from './parse-body.ts';
import { checkRotationPolicy, type RotationPolicy } from './rotation-policy.ts';
import type { Vault } from './vault.ts';

const action = z.strictObject({
  trigger: z.strictObject({ timeAfterCreate: z.string().nullish(), timeBeforeExpiry: z.string().nullish() }),
  action: z.strictObject({ type: z.string().regex(/^(rotate|notify)$/i, { error: "is 'rotate' or 'notify'" }) }),
});

/** Keys - Create If Not Exist. Seconds since 1970 in the attributes. */
const keyPut = z.strictObject({
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.strictObject({
    kty: z.enum(['RSA', 'RSA-HSM', 'EC'], { error: 'only RSA, RSA-HSM and EC keys are simulated' }),
    keySize: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).nullish(),
    curveName: z.literal('P-256', { error: 'only the curve P-256 is simulated' }).nullish(),
    keyOps: z
      .array(z.enum(['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey', 'import', 'release']))
      .nullish(),
    attributes: z
      .strictObject({
        enabled: z.boolean().nullish(),
        nbf: z.int().nullish(),
        exp: z.int().nullish(),
        exportable: z.boolean().nullish(),
      })
      .nullish(),
    rotationPolicy: z
      .strictObject({
        attributes: z.strictObject({ expiryTime: z.string().nullish() }).nullish(),
        lifetimeActions: z.array(action).nullish(),
      })
      .nullish(),
    release_policy: z.strictObject({ contentType: z.string().nullish(), data: z.base64url() }).nullish(),
  }),
});

type Written = z.infer<typeof keyPut>;

const specOf = ({ tags, properties }: Written): KeySpec => {
  const { kty, keySize, keyOps, attributes, release_policy: release } = properties;
  return {
    kty,
    keySize: keySize ?? undefined,
    keyOps: keyOps ?? undefined,
    enabled: attributes?.enabled ?? undefined,
    nbf: attributes?.nbf ?? undefined,
    exp: attributes?.exp ?? undefined,
    tags: tags ?? undefined,
    ...(release && { releasePolicy: { data: release.data, contentType: release.contentType ?? undefined } }),
  };
};

const policyOf = ({ properties: { rotationPolicy } }: Written): RotationPolicy | undefined => {
  if (!rotationPolicy) return undefined;
  const expiryTime = rotationPolicy.attributes?.expiryTime;
  return {
    ...(expiryTime && { expiryTime }),
    lifetimeActions: (rotationPolicy.lifetimeActions ?? []).map(({ trigger, action: { type } }) => ({
      trigger: {
        ...(trigger.timeAfterCreate && { timeAfterCreate: trigger.timeAfterCreate }),
        ...(trigger.timeBeforeExpiry && { timeBeforeExpiry: trigger.timeBeforeExpiry }),
      },
      action: { type: /rotate/i.test(type) ? 'Rotate' : 'Notify' },
    })),
  };
};

const refuseUnreleased = ({ properties: { attributes, release_policy: release } }: Written): void => {
  if ((attributes?.exportable === true) === Boolean(release)) return;
  throw new AzureError(400, 'BadRequest', 'An exportable key has a release policy, and no other has one.');
};

/**
 * Makes the first version of a key. An existing key is answered as it is, with no regard to the request (Keys - Create If Not
 * Exist). The vault's firewall and its permission model do not count here.
 */
export const putControlPlaneKey = (world: World, keyVault: KeyVault, vault: Vault, call: Call): Key => {
  const name = call.params['key'] ?? '';
  const written = parseBody(keyPut, call.body, 'BadRequest');
  const now = world.clock.now();
  const existing = storedKey(vault, name, now);
  if (existing && existing.deletedAt === undefined) return existing;
  refuseUnreleased(written);
  checkNameIsFree(vault, name, now);
  const policy = policyOf(written);
  if (policy) checkRotationPolicy(policy);
  keyVault.createKey(vault.name, name, specOf(written));
  if (policy) keyVault.setRotationPolicy(vault.name, name, policy);
  const made = keyVault.key(vault.name, name);
  if (made) return made;
  throw new AzureError(404, 'KeyNotFound', `The key '${name}' was not found.`);
};
