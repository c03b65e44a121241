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

export const keyCreate = z.object({
  ...update,
  kty: z.enum(['RSA', 'RSA-HSM'], { error: 'only RSA and RSA-HSM keys are simulated' }),
  key_size: z.union([z.literal(2048), z.literal(3072), z.literal(4096)]).nullish(),
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
});
