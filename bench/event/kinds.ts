import { resourceId } from '../../local/cloud/arm/resource-id.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { keyName, vaultOf } from '../scale/big-estate.ts';

/** A kind of events: the function that gets them, and the event with a number. */
export type Kind = {
  readonly name: string;
  readonly about: string;
  readonly functionName: 'on-key-vault-event' | 'on-resource-event';
  readonly event: (n: number) => object;
  /**
   * The most that one event may cost: calls to storage, and processor time as a multiple of the empty function's, where there is
   * such a goal.
   */
  readonly goals: { readonly storage: number; readonly processor?: number };
};

/** The name of an unused key in a vault of the estate. */
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
 * The calls that an event of a healthy key cannot avoid, for a wake-up and a look: the number of the wake-up, read together with
 * the pauses that end with it, and written; the key's rows, anchors and chain that prove them, whether the vault was recovered,
 * the overrides in force, and the number that was assessed.
 */
const LOOK = 8;

/** An event that causes no look has to be parsed: it may cost more than an empty function, but not ten times as much. */
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
