import type { FaultEffect } from '../faults.ts';
import type { Profile } from './profile.ts';

const unclear = 'what it does outside the validity of its key is not known here';
const mayStop: FaultEffect = { effect: 'stops', because: unclear };

/**
 * The profile of a kind that this release of the product does not know: a stored row may come from a newer or an older release.
 * Every trait has the careful answer: the product reports faults that take the key, and writes nothing to or for the consumer
 * unless a person asks.
 */
export const unknownKind: Profile = {
  noun: 'resource of an unknown kind',
  resourceType: '',
  parts: [],
  migratesTo: 'never',
  hasKey: 'unsaid',

  needs: 'unsaid',
  keys: 'unsaid',
  retentionDays: 0,
  identities: [],
  readsVault: false,
  trusted: 'no',

  copies: 'none',
  isMadeWithKey: false,
  stateProvesKey: false,
  triesByItself: false,
  rotatesByItself: false,
  namesVersion: { names: 'optional' },
  hasMachines: false,
  hasHealth: false,

  sameKeyUpdate: 'never',
  mayBeRepointed: false,
  actions: { read: [], setKey: [], assignIdentity: [] },
  commands: 'unsaid',

  effects: {
    keyNotYetActive: mayStop,
    keyExpired: mayStop,
    keyCannotWrap: {
      effect: 'stops',
      because: 'whether it can go on with a key that does not permit wrapKey is not known here',
    },
    keyNearExpiry: { effect: 'willStop', because: unclear },
  },
  withoutKey: '',
  acceptanceRows: {},
  postureRows: [],
};
