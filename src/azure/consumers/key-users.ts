import { absent, type ConsumerFacts, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import { usesOf } from './consumer-type.ts';
import type { Estate } from './estate.ts';

/** A resource that uses keys, or has used keys. */
export type KeyUser = { readonly tags: Readonly<Record<string, string>>; readonly keyIds: readonly string[] };

/** Which keys a resource uses, as `Azure` describes it. Each is one read of the resource. */
export type KeyUsers = {
  readConsumer(resourceId: string): Promise<Fact<readonly [ConsumerFacts, ...ConsumerFacts[]]>>;
  readKeyUser(resourceId: string): Promise<Fact<KeyUser>>;
};

export const openKeyUsers = (estate: Pick<Estate, 'read'>): KeyUsers => ({
  readConsumer: async (resourceId) => {
    const reading = await estate.read(resourceId);
    if (reading.kind === 'unknown') return unknown(reading.reason);
    return reading.kind === 'consumer' ? present(usesOf(reading)) : absent;
  },
  readKeyUser: async (resourceId) => {
    const reading = await estate.read(resourceId);
    if (reading.kind === 'unknown') return unknown(reading.reason);
    if (reading.kind === 'gone') return absent;
    if (reading.kind === 'notEncrypted') return present({ tags: {}, keyIds: [] });
    return present({ tags: reading.facts.tags, keyIds: usesOf(reading).map(({ pinned }) => keyId(pinned.key)) });
  },
});
