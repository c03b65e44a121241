import type { Guardian } from '../loop/guardian.ts';
import { type KeysNamed, keysNamed } from './keys-named.ts';
import type { ParsedBody } from './parse-body.ts';

type Filters = { readonly consumer?: string | undefined; readonly vault?: string | undefined };

/** The keys that pass both filters; `undefined` where neither is given. */
export const keysMeant = async (
  guardian: Guardian,
  { consumer, vault }: Filters,
): Promise<ParsedBody<KeysNamed | undefined>> => {
  const ofConsumer = consumer === undefined ? undefined : await keysNamed(guardian, consumer, 'consumer');
  if (ofConsumer?.kind === 'refused') return ofConsumer;
  const ofVault = vault === undefined ? undefined : await keysNamed(guardian, vault, 'vault');
  if (ofVault?.kind === 'refused') return ofVault;
  const [one, other] = [ofConsumer?.value, ofVault?.value];
  if (!one || !other) return { kind: 'value', value: one ?? other };
  return { kind: 'value', value: { ...one, keyIds: one.keyIds.filter((id) => other.keyIds.includes(id)) } };
};
