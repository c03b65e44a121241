import { asBaseline, type Baseline } from '../../remediation/model/baseline.ts';
import {
  absent,
  type Fact,
  type KeyObservation,
  present,
  unknown,
  type VaultFacts,
} from '../../remediation/model/facts.ts';
import { keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import type { KeyState } from '../../store/key-state.ts';

const NEVER_WELL = 'the key was never seen well, so that nothing of its vault is kept';

/** The forecast reads nothing of the vault: these facts stand for a vault without a fault. */
const vaultOf = ({ key, vault }: Baseline, tags: VaultFacts['tags']): VaultFacts => ({
  ...vault,
  name: vaultName(key),
  uri: `https://${key.host}/`,
  accessPolicies: [],
  softDelete: { enabled: true, purgeProtection: true },
  privateEndpoints: 0,
  provisioningState: 'Succeeded',
  tags,
});

type Kept = Pick<KeyState, 'keyId' | 'consumers' | 'baseline'>;

/**
 * A key as recorded: its consumers and expiring versions as last seen, its vault as it was in the baseline, and every
 * do-not-heal tag that was seen. It serves only to ask which steps would be done. No step ever runs on it.
 */
export const rememberedOf = ({ baseline, consumers, keyId }: Kept, doNotHealTag: string, now: Date): KeyObservation => {
  const marked = new Set((consumers?.marked ?? []).map((id) => id.toLowerCase()));
  const tagsOf = (id: string) => (marked.has(id.toLowerCase()) ? { [doNotHealTag]: '' } : {});
  const { current, versions = [] } = consumers?.expiring ?? {};
  const facts = versions.map((one) => ({ ...one, tags: tagsOf(one.kid) }));
  const its = facts.find(({ version }) => version === current);
  const was = asBaseline(baseline);
  const vault: Fact<VaultFacts> = was ? present(vaultOf(was, tagsOf(was.vault.id))) : unknown(NEVER_WELL);
  return {
    key: keyOf(keyId),
    observedAt: now.toISOString(),
    vault,
    versions: Object.fromEntries(facts.map((one) => [one.version, present(one)])),
    ...(current !== undefined && { current: its ? present(its) : absent }),
    consumers: present((consumers?.consumers ?? []).map((one) => ({ ...one, tags: tagsOf(one.id) }))),
  };
};
