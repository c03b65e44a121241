import type { Activity } from '../../azure/connection/activity-log.ts';
import { deleteRoleAssignment } from '../../posture/commands.ts';
import { excessOfPolicies, withdrawPolicy } from '../../posture/own-excess.ts';
import type { Json } from '../../remediation/model/canonical.ts';
import type { Fact, KeyObservation, VaultFacts } from '../../remediation/model/facts.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN, recordOnce } from '../record.ts';

/** How far back the activity log is searched for the author of an access policy. */
const LOOK_BACK_MS = 7 * 86_400_000;

const WRITES_POLICIES = /^Microsoft\.KeyVault\/vaults\/(accessPolicies\/)?write$/i;

/** A read that Azure does not answer now is left to the next sweep. */
export const orLeft = (error: unknown): undefined => {
  if (error instanceof Error && error.name === 'AzureUnavailable') return undefined;
  throw error;
};

/** An alert, entered once in the product's chain and told once: the person who gave the right can act as the product. */
const alert = async (
  guardian: Guardian,
  detail: Json,
  sentence: string,
  commands: readonly string[],
): Promise<void> => {
  if (!(await recordOnce(guardian, 'gave itself access', detail))) return;
  const advice = `Somebody who acts as it may have done that: stop the function app, look who deployed it, and run ${commands.join('; ')}.`;
  await guardian.notify({ keyId: PRODUCT_CHAIN, verdict: 'alert', sentences: [sentence, advice] });
};

/**
 * Reports the roles that the product has given itself: none, as long as the condition of its role assignment holds. One
 * list per scope.
 */
export const watchOwnAssignments = async (guardian: Guardian): Promise<void> => {
  const own = await guardian.azure.ownAssignments().catch(orLeft);
  if (own?.kind !== 'present') return;
  const { objectId, assignments } = own.value;
  for (const { id, scope, roleDefinitionId, writtenBy, writtenOn } of assignments) {
    if (writtenBy !== objectId) continue;
    const sentence = `The product has given itself the role ${roleDefinitionId} at ${scope} on ${writtenOn}.`;
    await alert(guardian, { id, scope, roleDefinitionId, writtenOn }, sentence, [deleteRoleAssignment(id)]);
  }
};

const writesOf = (log: Fact<readonly Activity[]>, objectId: string): readonly Activity[] =>
  log.kind === 'present'
    ? log.value.filter((one) => one.caller.toLowerCase() === objectId && WRITES_POLICIES.test(one.operation))
    : [];

const watchVault = async (guardian: Guardian, vault: VaultFacts, objectId: string): Promise<void> => {
  const excess = excessOfPolicies(vault.accessPolicies, objectId);
  if (excess.length === 0) return;
  const from = new Date(Date.now() - LOOK_BACK_MS).toISOString();
  const log = await guardian.azure.activitySince(vault.id, from).catch(orLeft);
  const written = log === undefined ? undefined : writesOf(log, objectId).at(-1);
  if (written === undefined) return;
  const detail = { vault: vault.id, permissions: excess, correlationId: written.correlationId };
  const sentence = `The product has ${excess.join(', ')} in ${vault.name} by an access policy, and wrote its access policies itself on ${written.at}.`;
  await alert(guardian, detail, sentence, withdrawPolicy(vault, objectId));
};

/**
 * Reports the vaults where the product has given itself more permissions by an access policy than it needs. The
 * activity log is read only for a vault where it has more; all others take no call.
 */
export const watchOwnPolicies = async (guardian: Guardian, observations: readonly KeyObservation[]): Promise<void> => {
  const vaults = observations.flatMap(({ vault }) => (vault.kind === 'present' ? [vault.value] : []));
  const objectId = await guardian.azure.ownObjectId();
  if (objectId === undefined) return;
  const once = new Map(vaults.map((vault) => [vault.id.toLowerCase(), vault]));
  for (const vault of once.values()) await watchVault(guardian, vault, objectId);
};
