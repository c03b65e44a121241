import type { FaultEffect } from '../faults.ts';
import type { Profile } from './profile.ts';

const unclear = 'what it does outside the validity of its key is not known here';
const mayStop: FaultEffect = { effect: 'stops', because: unclear };

/**
 * A consumer of a kind that this version of the product does not know: a row that is kept may be of a newer version, or of an
 * older one. Every trait has its careful answer: what takes its key is said, and nothing is written to it nor for it unasked.
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
