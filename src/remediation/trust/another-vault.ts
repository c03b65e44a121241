import { recordedVersions } from '../model/baseline.ts';
import type { KeyObservation, VaultFacts } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { versionFact } from '../observation/pins.ts';
import { doneAt } from '../steps/done-steps.ts';

/**
 * What bears the name of the vault that was known, and is another. `isSameContent`: it holds every version that was in use, with
 * the same material, as a vault does that was moved, or made again of backups. `id`: its ARM id, lower-cased.
 */
export type AnotherVault = {
  readonly id: string;
  readonly birth?: string;
  readonly why: string;
  readonly isSameContent: boolean;
};

type Seen = { readonly observation: KeyObservation; readonly known: Known };

/** By so much a vault may seem to be made before its recovery began, or after it ended: Azure's clock is not ours. */
const MARGIN_MS = 600_000;

/** No step waits longer for its operation to end. */
const LONGEST_MS = 1_500_000;

/** A vault comes back with all its keys: one without them was made anew, also where somebody did so behind our own recovery. */
const lacksKeys = ({ loss }: KeyObservation): boolean =>
  loss?.kind === 'present' && (loss.value.kind === 'gone' || loss.value.kind === 'versionMissing');

/**
 * Whether a new birth is the work of our own recovery, of which no document says whether it keeps that: it lies within the
 * recovery then. What somebody else recovered, or made, nobody can tell apart.
 */
const isOfOwnRecovery = (birth: string, { id }: VaultFacts, { observation, known }: Seen): boolean => {
  if (lacksKeys(observation)) return false;
  const at = Date.parse(birth);
  return recoveries(id, known).some(({ begun, ended }) => at >= begun - MARGIN_MS && at <= ended + MARGIN_MS);
};

type Recovery = { readonly begun: number; readonly ended: number };

/** Those of this incident, and the last one that was for another key of the vault, whenever that was. */
const recoveries = (vaultId: string, known: Known): readonly Recovery[] => {
  const { incidentOpenedAt, vaultRecoveredAt } = known;
  const done = doneAt(known, 'recoverVault', vaultId).map((at) => Date.parse(at));
  const begun = Math.min(...done, ...(incidentOpenedAt === undefined ? [] : [Date.parse(incidentOpenedAt)]));
  const last = vaultRecoveredAt === undefined ? [] : [Date.parse(vaultRecoveredAt)];
  return [
    ...(done.length === 0 ? [] : [{ begun, ended: Math.max(...done) }]),
    ...last.map((ended) => ({ begun: ended - LONGEST_MS, ended })),
  ];
};

/** Whether it holds what was known, by what is seen: what nobody could read is not the same. */
const holdsTheSame = ({ observation, known }: Seen): boolean => {
  const recorded = [...recordedVersions(known.baseline)];
  return (
    recorded.length > 0 &&
    recorded.every(([version, { material }]) => {
      const fact = versionFact(observation, version);
      return fact.kind === 'present' && material !== undefined && fact.value.material === material;
    })
  );
};

/**
 * Against the vault of the baseline, how another birth reads; `undefined` where nothing tells that it is another. An earlier
 * version of the product recorded no birth: a vault that was made after that healthy state was entered cannot be that one.
 */
const madeOtherwise = (birth: string, { baseline, baselineAt }: Known): string | undefined => {
  const was = baseline?.vault.birth;
  if (was !== undefined) return birth === was ? undefined : `the one that was known at ${was}`;
  return baselineAt !== undefined && Date.parse(birth) > Date.parse(baselineAt) + MARGIN_MS
    ? `the one that was known was there at ${baselineAt}`
    : undefined;
};

/** `undefined` where it is the vault of the baseline, or nothing tells that it is another, or none is known. */
export const anotherVault = ({ observation, known }: Seen): AnotherVault | undefined => {
  const was = known.baseline?.vault;
  const { vault, vaultLoss } = observation;
  if (was === undefined) return undefined;
  if (vault.kind !== 'present') {
    if (vaultLoss?.kind !== 'present' || vaultLoss.value.kind !== 'deleted') return undefined;
    const id = vaultLoss.value.vaultId.toLowerCase();
    return id === was.id ? undefined : { id, why: `it is the deleted ${id}, not ${was.id}`, isSameContent: false };
  }
  const { birth } = vault.value;
  const id = vault.value.id.toLowerCase();
  const its = { id, ...(birth !== undefined && { birth }), isSameContent: holdsTheSame({ observation, known }) };
  if (id !== was.id) return { ...its, why: `it is ${id}, not ${was.id}` };
  const otherwise = birth === undefined ? undefined : madeOtherwise(birth, known);
  if (birth === undefined || otherwise === undefined) return undefined;
  return isOfOwnRecovery(birth, vault.value, { observation, known })
    ? undefined
    : { ...its, why: `it was made at ${birth}, and ${otherwise}` };
};
