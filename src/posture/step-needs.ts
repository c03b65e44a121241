import { isDataAction, permissionsFor } from '../remediation/model/data-actions.ts';
import type { VaultFacts } from '../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../remediation/model/key-ref.ts';
import { type ConsumerKind, profileOf } from '../remediation/model/profiles.ts';
import { actionsOf } from '../remediation/steps/make-step.ts';
import { STEPS, type StepKind, type StepSpec } from '../remediation/steps/steps.ts';

/**
 * The resource that a step writes to: a lock there can forbid the step, and the product needs its rights there. A step
 * that gives a principal access writes to the vault.
 */
export const placeOfStep = (kind: StepKind): 'vault' | 'key' | 'consumer' => {
  const { subject } = STEPS[kind];
  if (subject === 'key' || subject === 'version') return 'key';
  return subject === 'consumer' ? 'consumer' : 'vault';
};

/** The rights that the product needs for a step: in Resource Manager, and on the keys of the vault. */
export type Needs = { readonly actions: readonly string[]; readonly permissions: readonly string[] };

type Around = {
  readonly vault: VaultFacts;
  readonly key: KeyRef;
  /** The consumer of the step. A step on a key needs the same rights for every consumer. */
  readonly consumer?: { readonly id: string; readonly kind: ConsumerKind };
};

/** A step of this kind for these resources. Its actions depend on the vault's permission model and the kind of consumer. */
const specFor = (kind: StepKind, { vault, key, consumer }: Around): StepSpec => {
  const consumerId = consumer?.id ?? '';
  const target = { vault: vault.id, key: keyId(key), consumer: consumerId }[placeOfStep(kind)];
  const parameters = {
    vaultId: vault.id,
    host: key.host,
    key,
    kid: keyId(key),
    model: vault.permissionModel,
    consumerKind: consumer?.kind,
    consumerId,
    identity: { kind: profileOf(consumer?.kind ?? '').identities[0] ?? 'user', id: consumerId },
  };
  return { kind, target, parameters } as unknown as StepSpec;
};

/** Only a step on a key needs the data plane: for other steps the version can be read on the control plane. */
export const needsOf = (kind: StepKind, around: Around): Needs => {
  const all = actionsOf(specFor(kind, around)).map((one) => one.toLowerCase());
  const permissions = all.flatMap(permissionsFor);
  return {
    actions: all.filter((one) => !isDataAction(one)),
    permissions: placeOfStep(kind) === 'key' ? [...new Set(permissions)] : [],
  };
};
