import { asBaseline, ofConsumer } from '../../remediation/model/baseline.ts';
import { absent, type ConsumerFacts, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { PolicyRecords } from '../../remediation/model/records.ts';
import { provesKey } from '../../remediation/observation/key-use.ts';
import { tagMark } from '../../remediation/policy/do-not-heal-mark.ts';
import { vaultOpenedBy } from '../../remediation/policy/remembered-marks.ts';
import type { StepSpec } from '../../remediation/steps/steps.ts';
import type { KeyState, KnownConsumers } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

type Sources = Pick<Guardian, 'settings' | 'store'>;
type OtherKeysInVault = NonNullable<PolicyRecords['otherKeysInVault']>;

const hostOf = (keyId: string): string | undefined => parseKeyId(keyId)?.key.host;

/**
 * A person who can create a resource can name any key in it. Only a consumer that had access, or shows that it works,
 * binds other keys.
 */
const isKnown = ({ baseline }: Pick<KeyState, 'baseline'>, consumer: ConsumerFacts): boolean => {
  const { id, state } = consumer;
  const isReady = state.kind === 'present' && state.value.state === 'ready';
  return ofConsumer(asBaseline(baseline), id) !== undefined || (isReady && provesKey(consumer));
};

/** The do-not-heal marks of the other key and of its known consumers. A mark on the key itself is set by the key's owner. */
const marksIn = (
  { consumers, marked = [] }: KnownConsumers,
  ids: readonly string[],
  tag: string,
): readonly string[] => {
  const known = new Set(ids.map((id) => id.toLowerCase()));
  const strange = consumers.map(({ id }) => id.toLowerCase()).filter((id) => !known.has(id));
  const tagged = consumers.filter(({ id, name, tags }) => ids.includes(id) && tagMark(name, tags, tag) !== undefined);
  return [...marked.filter((id) => !strange.includes(id.toLowerCase())), ...tagged.map(({ id }) => id)];
};

const read = async ({ settings, store }: Sources, keyId: string): Promise<OtherKeysInVault> => {
  const host = hostOf(keyId);
  const ids: string[] = [];
  const marked: string[] = [];
  for await (const other of store.keyRows.listUsers()) {
    const { consumers } = other;
    if (other.keyId === keyId || !consumers || hostOf(other.keyId) !== host) continue;
    const known = consumers.consumers.filter((one) => isKnown(other, one)).map(({ id }) => id);
    ids.push(...known);
    marked.push(...marksIn(consumers, known, settings.policy.doNotHealTag));
  }
  return { ids, marked };
};

/**
 * The recorded facts of the other keys in the vault, as last seen, where one of these steps brings the whole vault
 * back; else `absent`, without a call. One call for every 500 keys in use.
 */
export const readOtherKeysInVault = async (
  sources: Sources,
  keyId: string,
  steps: readonly StepSpec[],
): Promise<Fact<OtherKeysInVault>> =>
  steps.some((step) => vaultOpenedBy(step) !== undefined)
    ? read(sources, keyId).then(present, (error: unknown) =>
        unknown(`The rows of the other keys could not be read: ${String(error)}`),
      )
    : absent;

/** The records with the other keys of the vault; unknown where either is unknown. */
export const withOtherKeysInVault = (
  records: Fact<PolicyRecords>,
  otherKeysInVault: Fact<OtherKeysInVault>,
): Fact<PolicyRecords> => {
  if (records.kind !== 'present' || otherKeysInVault.kind === 'absent') return records;
  return otherKeysInVault.kind === 'present'
    ? present({ ...records.value, otherKeysInVault: otherKeysInVault.value })
    : otherKeysInVault;
};
