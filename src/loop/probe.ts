import type { ProbeRequest } from '../azure/probe.ts';
import type { Json } from '../remediation/canonical.ts';
import { diagnose } from '../remediation/diagnose.ts';
import type { KeyObservation } from '../remediation/facts.ts';
import type { Finding } from '../remediation/findings.ts';
import { keyFaults } from '../remediation/key-faults.ts';
import { keyId } from '../remediation/key-ref.ts';
import { rootCauses } from '../remediation/root-causes.ts';
import type { Durable, Guardian } from './guardian.ts';
import { getChunk, putChunks } from './key-chunks.ts';
import { keyOf } from './look.ts';
import type { KeyChunk, ProbeResult } from './messages.ts';
import { wakeAll } from './wake-all.ts';

/** A key to be probed. `recorded`: the faults of its pinned versions that its last verdict names. */
type Probed = ProbeRequest & { readonly recorded: string };

/** Every key that the sweep has found in use, with its consumers as the sweep saw them. */
export const listPinned = async (guardian: Guardian): Promise<readonly KeyChunk[]> => {
  const listedAt = new Date().toISOString();
  const keys: Probed[] = [];
  for await (const { keyId: id, consumers, verdict } of guardian.store.keyRows.listPinned()) {
    if (!consumers?.consumers.length) continue;
    const recorded = keyFaults(verdict?.decision.findings ?? []);
    keys.push({ key: keyOf(id), consumers: consumers.consumers, recorded });
  }
  return putChunks(guardian, keys as unknown as readonly Json[], { isComplete: true, listedAt });
};

/** What could not be read is evidence of nothing, unless it went with its vault: the sweep says why. */
const wasRead = ({ vaultLoss, versions }: KeyObservation): boolean =>
  vaultLoss?.kind === 'present' || Object.values(versions).every(({ kind }) => kind !== 'unknown');

type News = { readonly observation: KeyObservation; readonly findings: readonly Finding[] };

/**
 * Key Vault has no event for a key that is deleted or disabled, nor for a version that is not the current one. Wakes the
 * keys whose pinned versions are otherwise than the last verdict says: newly ill, or well again while an incident is
 * open. What is ill and recorded is the sweep's. All root causes are remembered before the first key is woken.
 */
export const probeKeys = async (guardian: Guardian, durable: Durable, chunk: KeyChunk): Promise<ProbeResult> => {
  const keys = (await getChunk(guardian, chunk)) as unknown as readonly Probed[];
  const recorded = new Map(keys.map((one) => [keyId(one.key), one.recorded]));
  const { observations, ...back } = await guardian.azure.probeKeys(keys);
  const now = new Date();
  const news = observations.filter(wasRead).flatMap((observation): readonly News[] => {
    const findings = diagnose(observation, now, guardian.settings.remediation);
    return keyFaults(findings) === recorded.get(keyId(observation.key)) ? [] : [{ observation, findings }];
  });
  const at = now.toISOString();
  const causes = news.flatMap(({ observation, findings }) => rootCauses(findings, observation.key));
  await guardian.store.records.rememberCauses(causes.map((cause) => ({ cause, at })));
  const woken = await wakeAll(
    durable,
    news.map(({ observation }) => observation.key),
  );
  return { observed: observations.length, woken, ...back };
};
