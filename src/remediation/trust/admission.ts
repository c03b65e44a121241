import { type Baseline, ofConsumer, ofPrincipal } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation, VaultFacts } from '../model/facts.ts';
import type { KeyPermission } from '../model/key-permission.ts';
import type { Known } from '../model/known.ts';
import { within } from '../model/resource-id.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { neededBy } from '../observation/needed-permissions.ts';
import { isForeign } from '../observation/tenant.ts';
import { wasDone } from '../steps/done-steps.ts';
import type { Risk } from '../steps/risk.ts';
import { type Lineage, originOf } from './lineage.ts';
import { wentWithVault } from './lost-with-vault.ts';
import { maybeMadeAgain } from './made-again.ts';

/**
 * Whether a consumer may get access again: `may` with the risk, and why a person must approve it; or `mayNot` with the reason.
 */
export type Admission =
  | { readonly kind: 'may'; readonly risk: Risk; readonly asks?: string }
  | { readonly kind: 'mayNot'; readonly why: string };

export type AdmissionContext = {
  readonly observation: KeyObservation;
  readonly known: Known;
  readonly settings: Pick<RemediationSettings, 'trustedRestores' | 'dedicatedVaults'>;
};

const may = (risk: Risk, asks?: string): Admission => ({ kind: 'may', risk, ...(asks !== undefined && { asks }) });
const mayNot = (why: string): Admission => ({ kind: 'mayNot', why });

/** Whether the baseline shows all of these permissions for this principal. */
const hadAccess = (baseline: Baseline, principalId: string, needed: readonly KeyPermission[]): boolean =>
  ofPrincipal(baseline, principalId).some(
    (one) => one.principalId === principalId && needed.every((permission) => one.permissions.includes(permission)),
  );

/**
 * Whether the baseline shows all of these permissions for this consumer, with any principal: a consumer that was never seen with
 * access gets none.
 */
const hadItself = ({ id }: ConsumerFacts, baseline: Baseline, needed: readonly KeyPermission[]): boolean =>
  needed.every((one) => ofConsumer(baseline, id)?.permissions.includes(one));

const isTrusted = ({ id }: ConsumerFacts, { trustedRestores }: AdmissionContext['settings']): boolean =>
  trustedRestores.some((scope) => within(id, scope));

/**
 * The product never gives access to its own identity: somebody who puts that identity on a consumer would have the product's
 * rights on the key.
 */
const ourselves = ({ name, actsAsProduct }: ConsumerFacts): Admission | undefined =>
  actsAsProduct ? mayNot(`${name} uses the identity of the product itself, which gives itself nothing`) : undefined;

/** The admission of a copy, by its lineage alone, whether it has an identity yet or not. */
export const admissionOfCopy = (
  consumer: ConsumerFacts,
  lineage: Lineage,
  { settings }: Pick<AdmissionContext, 'settings'>,
): Admission => {
  const us = ourselves(consumer);
  if (us) return us;
  if (lineage === 'proven') return may('restore');
  if (lineage === 'stranger')
    return mayNot(
      `${consumer.name} was never seen with access, and Azure does not say that it is a copy of one that was`,
    );
  return isTrusted(consumer, settings)
    ? may('restore')
    : may('reversal', `Azure does not say what ${consumer.name} was restored from: let it in only if you know it.`);
};

/**
 * Invariant `admission`: whether this principal may be given what the consumer needs of the key. Somebody who can make a server
 * or a disk encryption set must not be able to make the product hand out a key.
 */
export const admissionOf = (
  consumer: ConsumerFacts,
  principalId: string,
  vault: VaultFacts,
  context: AdmissionContext,
): Admission => {
  const { known } = context;
  const { baseline } = known;
  const lineage = originOf(consumer, context);
  const us = ourselves(consumer);
  if (us) return us;
  if (consumer.federatedClientId !== undefined || isForeign(consumer, vault))
    return mayNot(`${consumer.name} is of another tenant than the vault`);
  if (baseline === undefined) return mayNot('no healthy state is known in which it had access');
  if (lineage === 'stranger') return admissionOfCopy(consumer, lineage, context);
  const needed = neededBy(consumer.kind);
  if (needed === undefined) return mayNot(`what ${consumer.name} needs of its key is not known here`);
  const isKnown = ofConsumer(baseline, consumer.id) !== undefined;
  if ((isKnown || lineage === 'proven') && hadAccess(baseline, principalId, needed))
    return may(wentWithVault(principalId, 'key', vault, context.observation, known) ? 'restore' : 'reversal');
  if (lineage !== undefined) return admissionOfCopy(consumer, lineage, context);
  // A system-assigned identity belongs to this consumer only. A user-assigned identity that had no access is another identity,
  // whoever assigned it.
  return hadItself(consumer, baseline, needed) &&
    consumer.identity?.kind !== 'user' &&
    wasDone(known, 'assignIdentity', consumer.id)
    ? may('reversal', maybeMadeAgain(consumer, known))
    : mayNot(`${principalId} is not the identity that ${consumer.name} had access with`);
};

/** An access policy opens every key of the vault: where the vault holds other keys, or may, a person must approve. */
export const policyOpensMore = (vault: VaultFacts, { observation, settings }: AdmissionContext): string | undefined =>
  vault.permissionModel === 'accessPolicies' &&
  !settings.dedicatedVaults.includes(vault.name.toLowerCase()) &&
  !(observation.otherKeys?.kind === 'present' && !observation.otherKeys.value)
    ? `An access policy of ${vault.name} opens every key in it, and it holds others or may; name it as dedicated if it holds none but encryption keys.`
    : undefined;
