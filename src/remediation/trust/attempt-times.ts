import type { ConsumerFacts } from '../model/facts.ts';
import { doneAt } from '../steps/done-steps.ts';
import type { AdmissionContext } from './admission.ts';
import { grantedAt } from './key-grant.ts';

/** Minutes after a change when it is tried whether that is effective yet: "up to ten minutes" (MySQL flexible server, NOTE). */
const MINUTES = [1, 2, 4, 5.5, 8, 11, 15];

/** By then a grant is effective, and a server that was let in too late has shown it. */
export const SETTLED_MS = 15 * 60_000;

/** What Azure says is done before it is. */
const SLOW_VAULT_STEPS = ['recoverVault', 'setVaultBypass', 'restoreNetworkRules'] as const;

/**
 * When a consumer is to be revalidated (ISO 8601, ascending), where this incident changed its way to the key and nothing
 * tells when that becomes effective (invariant 7); `undefined` where it may be tried at once.
 */
export const attemptTimes = (consumer: ConsumerFacts, context: AdmissionContext): readonly string[] | undefined => {
  const { observation, known } = context;
  const vaultId = observation.vault.kind === 'present' ? observation.vault.value.id : '';
  const last = [
    ...SLOW_VAULT_STEPS.flatMap((kind) => doneAt(known, kind, vaultId)),
    ...doneAt(known, 'assignIdentity', consumer.id),
    ...grantedAt(consumer, context),
  ]
    .toSorted()
    .at(-1);
  if (last === undefined) return undefined;
  const now = new Date(observation.observedAt).toISOString();
  const times = MINUTES.map((minutes) => new Date(Date.parse(last) + minutes * 60_000).toISOString());
  const ahead = times.filter((time) => time > now);
  return ahead.length > 0 ? ahead : [now];
};
