import type { KeyPermission } from '../../remediation/model/key-permission.ts';
import type { Connection } from '../connection/connection.ts';
import { correlationIds } from '../failure/failure.ts';
import { VAULT_API } from '../key-vault/vault-resource.ts';
import type { ReadyVault } from './read-vault.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';

/** The most entries of a vault (Key Vault, assign an access policy). */
const MOST = 1024;

type Grant = { readonly principalId: string; readonly permissions: readonly KeyPermission[] };

/**
 * `accessPolicies/add` merges permissions into the principal's entry and touches no other entry. `replace`, or a PATCH
 * of the list, could remove another principal's permissions (invariant `every-step-may-run-twice`).
 */
const send = ({ arm }: Connection, { facts, subject }: ReadyVault, grant: Grant, signal: AbortSignal): Promise<Sent> =>
  sendOnce(subject, async () => {
    const { principalId: objectId, permissions } = grant;
    const policy = { tenantId: facts.tenantId, objectId, permissions: { keys: permissions } };
    const { header } = await (await arm()).write(
      {
        method: 'PUT',
        path: `${facts.id}/accessPolicies/add`,
        apiVersion: VAULT_API,
        body: { properties: { accessPolicies: [policy] } },
      },
      signal,
    );
    const why = `${objectId} may ${permissions.join(', ')} in ${facts.name}`;
    return { kind: 'done', why, correlationIds: correlationIds(header) };
  });

/** The target of one access policy, from the vault as just read. */
export const policyTarget = (
  connection: Connection,
  vault: ReadyVault,
  grant: Grant,
  tagged: Extract<Target, { kind: 'drift' }>['tagged'],
): Target => {
  const { accessPolicies, name } = vault.facts;
  const own = accessPolicies.find(
    ({ applicationId, objectId }) => applicationId === undefined && objectId === grant.principalId.toLowerCase(),
  );
  const has = (permission: KeyPermission) =>
    own?.keys.some((one) => one === 'all' || one === permission.toLowerCase()) === true;
  const missing = grant.permissions.filter((permission) => !has(permission));
  if (missing.length === 0) return { kind: 'noDrift', why: `${grant.principalId} has all permissions in ${name}` };
  if (!own && accessPolicies.length >= MOST)
    return { kind: 'blocked', why: `${name} has ${MOST} access policies, and takes no more` };
  return {
    kind: 'drift',
    why: `${grant.principalId} lacks ${missing.join(', ')} in ${name}`,
    tagged,
    send: (signal) => send(connection, vault, grant, signal),
  };
};
