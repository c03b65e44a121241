import { createHash, timingSafeEqual } from 'node:crypto';

/** Client secrets, kept as hashes. */
export type Secrets = {
  set(objectId: string, secret: string): void;
  proves(objectId: string, secret: string): boolean;
};

const hash = (text: string) => createHash('sha256').update(text).digest();

export const createSecrets = (): Secrets => {
  const hashes = new Map<string, Buffer>();
  return {
    set: (objectId, secret) => {
      hashes.set(objectId, hash(secret));
    },
    proves: (objectId, secret) => {
      const known = hashes.get(objectId);
      return known !== undefined && timingSafeEqual(known, hash(secret));
    },
  };
};
