import type { ConsumerFacts, KeyUse } from '../model/facts.ts';
import { profileOf } from '../model/profiles.ts';

type Using = { readonly use?: KeyUse };

/** Whether the state of a consumer speaks of this use: not of the key for its backups, nor of one that it is leaving. */
export const stateSpeaksOf = ({ use = 'active' }: Using): boolean => use === 'active' || use === 'anyOf';

/**
 * Whether a consumer could do without this key, since it lives on any one of several: that it works proves nothing of this
 * key, nor that it belongs here, for anybody may name a key beside one of their own.
 */
export const mayLiveOnAnother = ({ use }: Using): boolean => use === 'anyOf';

/** Whether the state `ready` of a consumer proves that it can use this key. */
export const provesKey = (consumer: Pick<ConsumerFacts, 'kind' | 'use'>): boolean =>
  profileOf(consumer.kind).stateProvesKey && !mayLiveOnAnother(consumer);

/** Whether another of its keys is known to work. A consumer that is inaccessible says itself that none does. */
export const livesOnAnother = ({
  use,
  otherKeyWorks,
  state,
}: Pick<ConsumerFacts, 'use' | 'otherKeyWorks' | 'state'>): boolean =>
  use === 'anyOf' &&
  otherKeyWorks?.kind === 'present' &&
  otherKeyWorks.value &&
  !(state.kind === 'present' && state.value.state === 'inaccessible');
