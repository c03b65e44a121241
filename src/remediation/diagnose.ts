import type { KeyObservation } from './facts.ts';
import type { Finding } from './findings.ts';
import type { Known, Rule } from './rule.ts';
import { consumerInaccessible } from './rules/consumer-inaccessible.ts';
import { identityMissing } from './rules/identity-missing.ts';
import { keyDeleted } from './rules/key-deleted.ts';
import { keyDisabled } from './rules/key-disabled.ts';
import { keyExpired } from './rules/key-expired.ts';
import { keyMissing } from './rules/key-missing.ts';
import { keyNearExpiry } from './rules/key-near-expiry.ts';
import { keyNotYetActive } from './rules/key-not-yet-active.ts';
import { keyPurged } from './rules/key-purged.ts';
import { keyVersionMissing } from './rules/key-version-missing.ts';
import { observationIncomplete } from './rules/observation-incomplete.ts';
import type { RemediationSettings } from './settings.ts';

/** In the order of the access path, from the vault to the consumer: what explains comes before what is explained. */
const RULES: readonly Rule[] = [
  observationIncomplete,
  keyMissing,
  keyDeleted,
  keyPurged,
  keyVersionMissing,
  keyDisabled,
  keyNotYetActive,
  keyExpired,
  keyNearExpiry,
  identityMissing,
  consumerInaccessible,
];

/** Every broken, or soon to break, link of the access paths that use this key. The same situation gives the same findings. */
export const diagnose = (
  observation: KeyObservation,
  now: Date,
  settings: RemediationSettings,
  known: Known = {},
): readonly Finding[] => {
  const found: Finding[] = [];
  for (const rule of RULES) found.push(...rule({ observation, now, settings, known }, found));
  return found;
};
