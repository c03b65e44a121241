import { useCommonSchema } from '../../posture/commands.ts';
import type { Guardian } from '../guardian.ts';

/** The most held alerts that are named. */
const SHOWN = 10;

/** The action groups that send alerts without the common schema; Azure is asked only where an alert was not understood. */
const withoutCommonSchema = async ({ azure }: Guardian) => {
  const old = await azure.posture.oldReceivers();
  if (old.kind !== 'present') return { unknown: old.kind === 'unknown' ? old.reason : 'there is none' };
  return old.value.map((one) => ({
    actionGroup: one.groupId,
    command: useCommonSchema(one.groupId, one.list, one.at),
  }));
};

/**
 * Alerts that were not understood, with the action groups that send them without the common schema, and the command
 * that switches each of these. Tests from the portal do not count, since they are no fault.
 */
export const alertsHealth = async (guardian: Guardian) => {
  const held = (await guardian.store.quarantine.list()).filter(({ isTest }) => !isTest);
  if (held.length === 0) return { notUnderstood: 0 };
  return {
    notUnderstood: held.length,
    newest: held.slice(0, SHOWN).map(({ id, at, why, rule }) => ({ id, at, why, ...(rule !== undefined && { rule }) })),
    withoutCommonSchema: await withoutCommonSchema(guardian).catch((error: unknown) => ({ unknown: String(error) })),
  };
};
