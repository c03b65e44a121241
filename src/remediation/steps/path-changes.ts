import type { Attempt } from '../model/records.ts';

/** Steps that only try, prove or follow up what others have repaired. */
const FOLLOW_UP: readonly string[] = [
  'revalidateConsumer',
  'clearAutoRotationError',
  'startVirtualMachines',
  'rebuildEventSubscription',
  'rebuildDiagnosticSetting',
  'enableSoftDelete',
  'enablePurgeProtection',
];

/** Whether a step only tries what others have repaired: after another repair it is worth trying anew. */
export const isFollowUp = (kind: string): boolean => FOLLOW_UP.includes(kind);

/** Whether the way to the key was repaired after this moment (ISO 8601). */
export const pathChangedAfter = (at: string, attempts: readonly Attempt[]): boolean =>
  attempts.some((one) => one.outcome === 'done' && !isFollowUp(one.step) && Date.parse(one.at) > Date.parse(at));
