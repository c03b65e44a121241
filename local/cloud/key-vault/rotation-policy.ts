import { AzureError } from '../arm/error.ts';
import { parseIsoDuration, shift } from './iso-duration.ts';
import type { KeyVersion } from './key.ts';

export type LifetimeAction = {
  trigger: { timeAfterCreate?: string; timeBeforeExpiry?: string };
  action: { type: 'Notify' | 'Rotate' };
};

/** A key's rotation policy; durations are ISO 8601, instants milliseconds. */
export type RotationPolicy = {
  lifetimeActions: LifetimeAction[];
  expiryTime?: string;
  createdAt?: number;
  updatedAt?: number;
};

/** What a key has when nobody set a policy: a notification 30 days before it expires. */
export const DEFAULT_ROTATION_POLICY: RotationPolicy = {
  lifetimeActions: [{ trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }],
};

/** The instant of a trigger for one version; undefined when it has no expiry to count back from. */
const triggerInstant = ({ trigger }: LifetimeAction, version: KeyVersion): number | undefined => {
  const after = trigger.timeAfterCreate && parseIsoDuration(trigger.timeAfterCreate);
  if (after) return shift(version.createdAt, after, 1);
  const before = trigger.timeBeforeExpiry && parseIsoDuration(trigger.timeBeforeExpiry);
  return before && version.exp !== undefined ? shift(version.exp * 1000, before, -1) : undefined;
};

/** When KeyNearExpiry is due for a version. Only versions that expire have such a moment. */
export const nearExpiryInstant = (policy: RotationPolicy, version: KeyVersion): number | undefined => {
  const notify = policy.lifetimeActions.find(({ action }) => action.type === 'Notify');
  return notify && version.exp !== undefined ? triggerInstant(notify, version) : undefined;
};

/** When the policy lets the service rotate the key by itself. */
export const rotationInstant = (policy: RotationPolicy, version: KeyVersion): number | undefined => {
  const rotate = policy.lifetimeActions.find(({ action }) => action.type === 'Rotate');
  return rotate && triggerInstant(rotate, version);
};

/** `exp` in seconds that the policy gives a version made at an instant. */
export const policyExpiry = (policy: RotationPolicy, createdAt: number): number | undefined => {
  const expiry = policy.expiryTime ? parseIsoDuration(policy.expiryTime) : undefined;
  return expiry && Math.floor(shift(createdAt, expiry, 1) / 1000);
};

const badPolicy = (message: string) => new AzureError(400, 'BadParameter', message);

/** Refuses what the service refuses: durations that are none, and an expiry time under 28 days. */
export const checkRotationPolicy = (policy: RotationPolicy): void => {
  const durations = policy.lifetimeActions.flatMap(({ trigger }) => [
    trigger.timeAfterCreate,
    trigger.timeBeforeExpiry,
  ]);
  for (const text of [...durations, policy.expiryTime])
    if (text && !parseIsoDuration(text))
      throw badPolicy(`'${text}' is not an ISO 8601 duration of days, months or years.`);
  const expiry = policy.expiryTime ? parseIsoDuration(policy.expiryTime) : undefined;
  if (expiry && shift(0, expiry, 1) < 28 * 86_400_000)
    throw badPolicy('The expiry time of a key rotation policy must be at least 28 days.');
};
