import { canonicalJson, type Json } from '../remediation/canonical.ts';
import type { KeyObservation } from '../remediation/facts.ts';

/**
 * The access path as it stood when it was healthy: what a later repair may restore. `undefined` where a fact is missing:
 * half a snapshot would pass for a whole one. Where nothing uses the key there is nothing to restore either.
 */
export const baselineOf = ({ key, vault, consumers }: KeyObservation): Json | undefined => {
  if (vault.kind !== 'present' || consumers.kind !== 'present' || consumers.value.length === 0) return undefined;
  const paths = consumers.value.map(({ id, kind, pinned, principalId }) =>
    principalId.kind === 'present'
      ? { id: id.toLowerCase(), kind, kid: pinned.kid, principalId: principalId.value }
      : undefined,
  );
  const known = paths.filter((path) => path !== undefined);
  if (known.length < paths.length) return undefined;
  const { id, permissionModel, network, tenantId } = vault.value;
  return {
    key: { host: key.host, name: key.name },
    vault: { id: id.toLowerCase(), tenantId, permissionModel, network: { ...network } },
    consumers: known.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
};

/** Whether a healthy snapshot says something new. */
export const differs = (baseline: unknown, snapshot: Json | undefined): snapshot is Json =>
  snapshot !== undefined && (baseline === undefined || canonicalJson(baseline as Json) !== canonicalJson(snapshot));
