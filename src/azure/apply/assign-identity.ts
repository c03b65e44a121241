import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { azValue } from '../../remediation/model/shell-word.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { isAnother } from '../consumers/is-another.ts';
import { blocked, type NotWritable, readPinning } from './read-consumer.ts';
import { readMarks, whyUnread } from './read-marks.ts';
import { refuseSelf } from './refuse-self.ts';
import { sendWrite } from './send-write.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type AssignIdentity = SpecOf<'assignIdentity'>;

const has = ({ name }: ConsumerFacts, principalId: string): NotWritable => ({
  kind: 'noDrift',
  why: `${name} has an identity: ${principalId}`,
});

/** The identity that the consumer shows counts as existing, unless the step says that Entra does not know it any more. */
const ofSystem = ({ principalId, ...use }: ConsumerFacts, replaces: string | undefined): NotWritable | undefined => {
  if (principalId.kind === 'unknown') return blocked(principalId.reason);
  const isThere = principalId.kind === 'present' && principalId.value !== replaces?.toLowerCase();
  return isThere ? has({ ...use, principalId }, principalId.value) : undefined;
};

const lost = (id: string): NotWritable => {
  const { name, resourceGroup, subscriptionId } = placeOf(id);
  const command = `az identity create --resource-group ${azValue(resourceGroup)} --name ${azValue(name)} --subscription ${azValue(subscriptionId)}`;
  return blocked(
    `${id} is gone, and only a person makes it again: ${command} makes another principal of that name, which then needs access of its own`,
  );
};

/** A consumer still shows the principal of a deleted identity, even where a new identity has the same name. */
const ofUser = async (
  { connection, estate }: TargetSources,
  use: ConsumerFacts,
  id: string,
): Promise<NotWritable | undefined> => {
  const identity = await estate.readIdentity(id);
  if (identity.kind !== 'present') return identity.kind === 'unknown' ? blocked(identity.reason) : lost(id);
  const self = await refuseSelf(connection, identity.value.principalId);
  if (self) return self;
  const { principalId } = use;
  if (principalId.kind === 'unknown') return blocked(principalId.reason);
  const isThere = principalId.kind === 'present' && principalId.value === identity.value.principalId;
  return isThere && !isAnother(use, { kind: 'user', id }) ? has(use, principalId.value) : undefined;
};

/**
 * Reads the consumer, the user-assigned identity if there is one, and the vault and key version: 2 to 4 ARM calls, one
 * of the data plane. Sending is one PATCH of the identity alone, because its principal, which needs access, is known
 * only afterwards. A flexible server that changes to another existing identity gets it together with its whole
 * encryption, and that identity must have access to the key already.
 */
export const readAssignIdentity = async (sources: TargetSources, step: AssignIdentity): Promise<Target> => {
  const { parameters, target } = step;
  const read = await readPinning(sources.estate, { target, kid: parameters.kid });
  if (read.kind !== 'writable') return read;
  const { identity, replaces } = parameters;
  const { consumer, use } = read;
  const write = consumer.assigning(use, identity);
  if (!write) return blocked(`${use.name} uses its key with another identity, which is not taken from it`);
  const held = identity.kind === 'system' ? ofSystem(use, replaces) : await ofUser(sources, use, identity.id);
  if (held) return held;
  const key = await readMarks(sources, use.pinned, { its: parameters });
  if (key.kind !== 'present') return blocked(whyUnread(key, use.pinned.kid));
  return {
    kind: 'drift',
    why: `${use.name} lacks the identity that it should use its key with`,
    tagged: [use, ...key.value.tagged],
    send: sendWrite(sources.connection, write, { what: `the identity of ${use.name}`, scope: use.id }),
  };
};
