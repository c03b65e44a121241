import { AzureError } from '../arm/error.ts';
import { parseIsoDuration, shift } from './iso-duration.ts';

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

/** The policy of a key for which no policy was set: a notification 30 days before it expires. */
export const DEFAULT_ROTATION_POLICY: RotationPolicy = {
  lifetimeActions: [{ trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } }],
};

/** The dates of a version from which a policy counts: instants, `exp` in seconds as on the wire. */
type Dated = { createdAt: number; exp?: number | undefined };

/** The instant of a trigger for one version; undefined when the version has no expiry to count back from. */
const triggerInstant = ({ trigger }: LifetimeAction, version: Dated): number | undefined => {
  const after = trigger.timeAfterCreate && parseIsoDuration(trigger.timeAfterCreate);
  if (after) return shift(version.createdAt, after, 1);
  const before = trigger.timeBeforeExpiry && parseIsoDuration(trigger.timeBeforeExpiry);
  return before && version.exp !== undefined ? shift(version.exp * 1000, before, -1) : undefined;
};

/** When KeyNearExpiry is due for a version. Only versions that expire have such a moment. */
export const nearExpiryInstant = (policy: RotationPolicy, version: Dated): number | undefined => {
  const notify = policy.lifetimeActions.find(({ action }) => action.type === 'Notify');
  return notify && version.exp !== undefined ? triggerInstant(notify, version) : undefined;
};

/** When the policy lets the service rotate the key by itself. */
export const rotationInstant = (policy: RotationPolicy, version: Dated): number | undefined => {
  const rotate = policy.lifetimeActions.find(({ action }) => action.type === 'Rotate');
  return rotate && triggerInstant(rotate, version);
};

/** `exp` in seconds that the policy gives a version made at an instant. */
export const policyExpiry = (policy: RotationPolicy, createdAt: number): number | undefined => {
  const expiry = policy.expiryTime ? parseIsoDuration(policy.expiryTime) : undefined;
  return expiry && Math.floor(shift(createdAt, expiry, 1) / 1000);
};

const badPolicy = (message: string) => new AzureError(400, 'BadParameter', message);

const WEEK = 7 * 86_400_000;

/** Length counted from 1970, which is near enough to compare. */
const lengthOf = (text: string): number => {
  const duration = parseIsoDuration(text);
  if (!duration) throw badPolicy(`'${text}' is not an ISO 8601 duration of days, months or years.`);
  return shift(0, duration, 1);
};

const checkAction = ({ trigger, action }: LifetimeAction, expiry: number | undefined): void => {
  const [after, before] = [trigger.timeAfterCreate, trigger.timeBeforeExpiry];
  for (const text of [after, before])
    if (text && lengthOf(text) < WEEK) throw badPolicy(`The trigger '${text}' must be at least 7 days.`);
  if (action.type !== 'Rotate' || !before) return;
  if (expiry === undefined) throw badPolicy('A rotation before expiry needs an expiry time in the policy.');
  if (expiry - lengthOf(before) < WEEK) throw badPolicy('A key must not be rotated within 7 days of its creation.');
};

/** Refuses invalid policies: no valid durations, triggers under 7 days, an expiry time under 28 days. */
export const checkRotationPolicy = (policy: RotationPolicy): void => {
  const expiry = policy.expiryTime === undefined ? undefined : lengthOf(policy.expiryTime);
  if (expiry !== undefined && expiry < 4 * WEEK)
    throw badPolicy('The expiry time of a key rotation policy must be at least 28 days.');
  for (const action of policy.lifetimeActions) checkAction(action, expiry);
};
