import { absent, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import { vaultOpenedBy } from '../../remediation/policy/remembered-marks.ts';
import type { StepSpec } from '../../remediation/steps/steps.ts';
import type { KnownConsumers } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

type Sources = Pick<Guardian, 'settings' | 'store'>;
type Neighbours = NonNullable<PolicyRecords['neighbours']>;

const hostOf = (keyId: string): string | undefined => parseKeyId(keyId)?.key.host;

const namesIn = ({ consumers, marked = [] }: KnownConsumers, tag: string): readonly string[] => [
  ...marked,
  ...consumers.filter(({ name, tags }) => tagMark(name, tags, tag) !== undefined).map(({ id }) => id),
];

const read = async ({ settings, store }: Sources, keyId: string): Promise<Neighbours> => {
  const host = hostOf(keyId);
  const ids: string[] = [];
  const marked: string[] = [];
  for await (const { keyId: other, consumers } of store.keyRows.listConsumers()) {
    if (other === keyId || !consumers || hostOf(other) !== host) continue;
    ids.push(...consumers.consumers.map(({ id }) => id));
    marked.push(...namesIn(consumers, settings.policy.doNotHealTag));
  }
  return { ids, marked };
};

/**
 * What is known of the other keys in the vault, as they were last seen, where one of these steps gives the whole vault back;
 * else `absent`, without a call. One call for every thousand keys in use.
 */
export const readNeighbours = async (
  sources: Sources,
  keyId: string,
  steps: readonly StepSpec[],
): Promise<Fact<Neighbours>> =>
  steps.some((step) => vaultOpenedBy(step) !== undefined)
    ? read(sources, keyId).then(present, (error: unknown) =>
        unknown(`The rows of the other keys could not be read: ${String(error)}`),
      )
    : absent;

/** The records with them; unknown where either is. */
export const withNeighbours = (records: Fact<PolicyRecords>, neighbours: Fact<Neighbours>): Fact<PolicyRecords> => {
  if (records.kind !== 'present' || neighbours.kind === 'absent') return records;
  return neighbours.kind === 'present' ? present({ ...records.value, neighbours: neighbours.value }) : neighbours;
};
