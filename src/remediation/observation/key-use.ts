import type { ConsumerFacts, KeyUse } from '../model/facts.ts';
import { profileOf } from '../model/profiles.ts';

type Using = { readonly use?: KeyUse };

/**
 * Whether the state of a consumer shows if it can use this key: not for the key of its backups, nor for a key that it is rotating
 * away from.
 */
export const stateSpeaksOf = ({ use = 'active' }: Using): boolean => use === 'active' || use === 'anyOf';

/**
 * Whether a consumer may do without this key, since any one of its keys is enough. That such a consumer works proves neither that
 * this key works nor that the consumer belongs to it: anybody may name a key beside one of their own.
 */
export const mayLiveOnAnother = ({ use }: Using): boolean => use === 'anyOf';

/** Whether the state `ready` of a consumer proves that it can use this key. */
export const provesKey = (consumer: Pick<ConsumerFacts, 'kind' | 'use'>): boolean =>
  profileOf(consumer.kind).stateProvesKey && !mayLiveOnAnother(consumer);

/** Whether another key of the consumer is known to work. A consumer that is inaccessible shows by itself that none does. */
export const livesOnAnother = ({
  use,
  otherKeyWorks,
  state,
}: Pick<ConsumerFacts, 'use' | 'otherKeyWorks' | 'state'>): boolean =>
  use === 'anyOf' &&
  otherKeyWorks?.kind === 'present' &&
  otherKeyWorks.value &&
  !(state.kind === 'present' && state.value.state === 'inaccessible');
