import { resourceId } from '../../local/cloud/arm/resource-id.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { keyName, vaultOf } from '../scale/big-estate.ts';

/** One kind of events: who hears them, and the event of this number. */
export type Kind = {
  readonly name: string;
  readonly about: string;
  readonly functionName: 'on-key-vault-event' | 'on-resource-event';
  readonly event: (n: number) => object;
  /** The most that one may cost: calls to storage, and processor time as a multiple of the empty function's, where that has a goal. */
  readonly goals: { readonly storage: number; readonly processor?: number };
};

/** The name of a key in a vault of the estate that nobody uses. */
export const unusedKey = (n: number): string => `unused-${n}`;

const keyVault = (type: 'KeyNearExpiry' | 'KeyNewVersionCreated', name: string) => {
  const vault = vaultOf(0);
  return {
    id: `${type}-${name}`,
    topic: resourceId({ subscription: subscriptionId, group: 'data', type: 'Microsoft.KeyVault/vaults', name: vault }),
    subject: name,
    eventType: `Microsoft.KeyVault.${type}`,
    eventTime: '2026-03-02T00:00:00Z',
    data: {
      Id: `https://${vault}.vault.azure.net/keys/${name}`,
      VaultName: vault,
      ObjectType: 'Key',
      ObjectName: name,
    },
    dataVersion: '1',
    metadataVersion: '1',
  };
};

const write = (n: number) => ({
  id: `write-${n}`,
  topic: `/subscriptions/${subscriptionId}`,
  subject: resourceId({ subscription: subscriptionId, group: 'data', type: 'Microsoft.Web/sites', name: `shop-${n}` }),
  eventType: 'Microsoft.Resources.ResourceWriteSuccess',
  eventTime: '2026-03-02T00:00:00Z',
  data: { resourceProvider: 'Microsoft.Web', operationName: 'Microsoft.Web/sites/write', status: 'Succeeded' },
  dataVersion: '2',
  metadataVersion: '1',
});

/**
 * An event of a key that is well costs what a wake-up and a look cannot do without: the number of the wake-up, read with what says whether a
 * pause ends with it, and written; the key's rows, anchors and chain that prove them, whether the vault was recovered, the overrides in force, and
 * that the number was answered.
 */
const LOOK = 8;

/** To parse an event that nobody looks at may cost more than to do nothing, and not ten times as much. */
const NOBODY_LOOKS = 10;

export const KINDS: readonly Kind[] = [
  {
    name: 'eventKnownKey',
    about: 'a key in use is said to be near its expiry, and is well: looked at, the run to its end',
    functionName: 'on-key-vault-event',
    event: (n) => keyVault('KeyNearExpiry', keyName(n)),
    goals: { storage: LOOK },
  },
  {
    name: 'eventUnusedKey',
    about: 'the same of a key that nobody uses: looked at as well, since its user may be new',
    functionName: 'on-key-vault-event',
    event: (n) => keyVault('KeyNearExpiry', unusedKey(n)),
    goals: { storage: LOOK },
  },
  {
    name: 'eventUnusedVersion',
    about: 'a key that nobody uses has a new version: nobody looks',
    functionName: 'on-key-vault-event',
    event: (n) => keyVault('KeyNewVersionCreated', unusedKey(n)),
    goals: { storage: 1, processor: NOBODY_LOOKS },
  },
  {
    name: 'eventElsewhere',
    about: 'a write to what has no key: nobody looks',
    functionName: 'on-resource-event',
    event: write,
    goals: { storage: 0, processor: NOBODY_LOOKS },
  },
];
