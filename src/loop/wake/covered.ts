import { asBaseline } from '../../remediation/model/baseline.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { isIn, type NamedTarget, named } from '../../remediation/model/override-target.ts';
import type { KeyState } from '../../store/key-state.ts';

/**
 * The part of one key that a do-not-heal record covers; `undefined` where it means neither the key nor any of its
 * consumers.
 */
export type Covered = { readonly keyId: string; readonly consumerIds: readonly string[] };

const usesIn = ({ id, machines }: ConsumerFacts): readonly string[] => [
  id,
  ...(machines?.kind === 'present' ? machines.value.map((machine) => machine.id) : []),
];

/** A target that names a version means its key as well: a step that brings the key back would bring the version back. */
const isMeant = (id: string, target: NamedTarget): boolean => {
  const key = named(id);
  return isIn(key, target) || isIn(target, key);
};

export const coveredOf = (
  { keyId, consumers, baseline }: Pick<KeyState, 'keyId' | 'consumers' | 'baseline'>,
  target: NamedTarget,
): Covered | undefined => {
  const vaultId = asBaseline(baseline)?.vault.id;
  const all = consumers?.consumers ?? [];
  const isKey = isMeant(keyId, target) || (vaultId !== undefined && isIn(named(vaultId), target));
  const meant = isKey ? all : all.filter((one) => usesIn(one).some((id) => isIn(named(id), target)));
  const consumerIds = [...new Set(meant.map(({ id }) => id.toLowerCase()))];
  return isKey || consumerIds.length > 0 ? { keyId, consumerIds } : undefined;
};
