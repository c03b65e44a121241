import type { ApiService } from '../../remediation/model/api-versions.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Json } from '../../remediation/model/canonical.ts';
import type { VaultIdentity } from '../../remediation/observation/vault-identity.ts';
import type { Connection } from '../connection/connection.ts';
import { correlationIds } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import type { ArmAnswer } from '../http/arm-client.ts';
import { provisioningStateOf } from './poll-provisioning.ts';
import { readReadyVault, soon } from './read-vault.ts';
import { sendOnce, sentOf } from './send-once.ts';
import type { Sent, Target } from './target.ts';

/** An extension resource of a vault, as it must be. `type`: its namespace and type. */
export type Extension = VaultIdentity & {
  readonly type: ApiService;
  readonly name: string;
  readonly body: Json;
};

/**
 * Azure finishes some resources after its answer, which names no operation: then the resource itself shows when it is
 * finished.
 */
const answered = (answer: ArmAnswer, path: string, version: string): Sent => {
  const sent = sentOf(answer, { what: path, scope: path });
  if (sent.kind === 'started' || provisioningStateOf(answer.body) === 'succeeded') return sent;
  const begun = { startedAt: new Date().toISOString(), correlationIds: correlationIds(answer.header) };
  return { kind: 'started', operation: { provisions: { path, apiVersion: version }, ...begun }, pollAt: soon() };
};

/**
 * Reads the vault and the resource with that name on it: two ARM calls. An existing resource stays unchanged, also one of another
 * creator. Sending is one PUT.
 */
export const readRebuild = async (connection: Connection, extension: Extension): Promise<Target> => {
  const { body, name, type } = extension;
  const version = apiVersion(type);
  const vault = await readReadyVault(connection, extension);
  if (vault.kind !== 'vault') return vault;
  const path = `${vault.facts.id}/providers/${type}/${encodeURIComponent(name)}`;
  const subject = { what: path, vaultName: vault.facts.name, scope: vault.facts.id };
  const there = await readFact(subject, async () => (await connection.arm()).get(path, version));
  if (there.kind === 'unknown') return { kind: 'blocked', why: there.reason };
  const state = there.kind === 'present' ? provisioningStateOf(there.value) : 'gone';
  const why = `${path} is ${state}`;
  if (state === 'succeeded') return { kind: 'noDrift', why };
  if (state !== 'gone' && state !== 'failed') return { kind: 'operationInProgress', until: soon(), why };
  return {
    kind: 'drift',
    why,
    tagged: [vault.facts],
    send: (signal) =>
      sendOnce(subject, async () => {
        const arm = await connection.arm();
        const write = { method: 'PUT', path, apiVersion: version, body: { properties: body } } as const;
        return answered(await arm.write(write, signal), path, version);
      }),
  };
};
