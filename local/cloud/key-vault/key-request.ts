import { z } from 'zod';
import type { KeyAttributes, KeySpec } from './key-changes.ts';

const attributes = z.object({
  enabled: z.boolean().nullish(),
  nbf: z.number().nullish(),
  exp: z.number().nullish(),
});

const update = {
  key_ops: z.array(z.string()).nullish(),
  attributes: attributes.nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
};

export const keyUpdate = z.object(update);

const releasePolicy = z.object({
  data: z.base64url(),
  contentType: z.string().nullish(),
  immutable: z.boolean().nullish(),
});

export const keyCreate = z
  .object({
    ...update,
    attributes: attributes.extend({ exportable: z.boolean().nullish() }).nullish(),
    release_policy: releasePolicy.nullish(),
    kty: z.enum(['RSA', 'RSA-HSM', 'EC'], { error: 'only RSA, RSA-HSM and EC keys are simulated' }),
    crv: z.literal('P-256', { error: 'only the curve P-256 is simulated' }).nullish(),
    key_size: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).nullish(),
  })
  .refine(({ attributes, release_policy }) => (attributes?.exportable === true) === Boolean(release_policy), {
    error: 'an exportable key has a release policy, and no other has one',
  });

export const cryptoRequest = z.object({ alg: z.string(), value: z.base64url() });

/** Null is as good as absent: whether the service clears an expiry by null is not documented, so it stays. */
export const keyAttributes = (wire: z.infer<typeof keyUpdate>): KeyAttributes => ({
  enabled: wire.attributes?.enabled ?? undefined,
  nbf: wire.attributes?.nbf ?? undefined,
  exp: wire.attributes?.exp ?? undefined,
  keyOps: wire.key_ops ?? undefined,
  tags: wire.tags ?? undefined,
});

export const keySpec = (wire: z.infer<typeof keyCreate>): KeySpec => ({
  ...keyAttributes(wire),
  kty: wire.kty,
  keySize: wire.key_size ?? 2048,
  releasePolicy: wire.release_policy
    ? {
        data: wire.release_policy.data,
        contentType: wire.release_policy.contentType ?? undefined,
        immutable: wire.release_policy.immutable ?? undefined,
      }
    : undefined,
});
