import { recordedVersions } from '../model/baseline.ts';
import type { KeyObservation, VaultFacts } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { versionFact } from '../observation/pins.ts';
import { doneAt } from '../steps/done-steps.ts';

/**
 * A vault that has the name of the known one and is another. `isSameContent`: it holds every version that was in use, with the
 * same public parts, as a vault does that was moved or made again from backups. `id`: its ARM id, lower-cased.
 */
export type AnotherVault = {
  readonly id: string;
  readonly birth?: string;
  readonly why: string;
  readonly isSameContent: boolean;
};

type Seen = { readonly observation: KeyObservation; readonly known: Known };

/**
 * The clocks of Azure and of the product differ: a vault may seem to be made this long before its recovery began, or after it
 * ended.
 */
const MARGIN_MS = 600_000;

/** No step waits longer than this for its operation to end. */
const LONGEST_MS = 1_500_000;

/**
 * A recovered vault has all its keys: a vault without them was made anew, also where somebody did that after the product's
 * recovery.
 */
const lacksKeys = ({ loss }: KeyObservation): boolean =>
  loss?.kind === 'present' && (loss.value.kind === 'gone' || loss.value.kind === 'versionMissing');

/**
 * Whether a new creation time comes from the product's own recovery: no document says whether a recovery keeps the creation time,
 * so it may lie within the recovery. Where somebody else recovered the vault or made a new one, nobody can tell which.
 */
const isOfOwnRecovery = (birth: string, { id }: VaultFacts, { observation, known }: Seen): boolean => {
  if (lacksKeys(observation)) return false;
  const at = Date.parse(birth);
  return recoveries(id, known).some(({ begun, ended }) => at >= begun - MARGIN_MS && at <= ended + MARGIN_MS);
};

type Recovery = { readonly begun: number; readonly ended: number };

/** The recoveries of this incident, and the last recovery of the vault for another of its keys, at any time. */
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

/** Whether the vault is seen to hold all recorded versions: a version that could not be read does not count as the same. */
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
 * How another creation time contradicts the vault of the baseline, in half a sentence; `undefined` where it does not. Older
 * releases recorded no creation time: then a vault that was made after the baseline was entered cannot be the known one.
 */
const madeOtherwise = (birth: string, { baseline, baselineAt }: Known): string | undefined => {
  const was = baseline?.vault.birth;
  if (was !== undefined) return birth === was ? undefined : `the one that was known at ${was}`;
  return baselineAt !== undefined && Date.parse(birth) > Date.parse(baselineAt) + MARGIN_MS
    ? `the one that was known was there at ${baselineAt}`
    : undefined;
};

/**
 * The other vault that has taken the name. `undefined` where it is the vault of the baseline, where nothing shows that it is
 * another, or where there is no baseline.
 */
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
