import type { ConsumerIdentity } from '../../../model/consumer-identity.ts';
import type { ConsumerFacts } from '../../../model/facts.ts';
import { profileOf } from '../../../model/profiles.ts';

const userAssigned = (identity: ConsumerIdentity | undefined): string => (identity?.kind === 'user' ? identity.id : '');

/** The command that sets the key that the consumer has already; `undefined` where its kind has no such command. */
export const setKeyCommand = ({
  id,
  isReplica,
  kind,
  identity,
  pinned: { kid },
}: ConsumerFacts): string | undefined => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid'
    ? undefined
    : commands.setKey({ id, kid, userAssigned: userAssigned(identity), ...(isReplica && { isReplica }) });
};

/**
 * The command that gives a consumer this identity, or a system-assigned one; `undefined` where its kind has no such command.
 */
export const assignCommand = (
  { id, isReplica, kind }: ConsumerFacts,
  identity: ConsumerIdentity | undefined,
): string | undefined => {
  const { commands } = profileOf(kind);
  return commands === 'unsaid'
    ? undefined
    : commands.assignIdentity({ id, userAssigned: userAssigned(identity), ...(isReplica && { isReplica }) });
};
