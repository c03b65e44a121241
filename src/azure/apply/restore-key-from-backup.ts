import type { KeyVaultKey } from '@azure/keyvault-keys';
import { contentHash } from '../../remediation/model/canonical.ts';
import { absent } from '../../remediation/model/facts.ts';
import { keyId, parseKeyId, vaultName } from '../../remediation/model/key-ref.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { correlationIds } from '../failure/failure.ts';
import { vaultMismatch } from './mismatch.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RestoreKeyFromBackup = SpecOf<'restoreKeyFromBackup'>;
type InVault = Parameters<TargetSources['deletedKeys']['observe']>[0];

const blocked = (why: string): Target => ({ kind: 'blocked', why });

/**
 * Why nothing may be restored under this name; `undefined` where the name is free. Where the step names no version, any
 * key with this name counts as the lost key.
 */
const occupied = async (
  { deletedKeys, keyVersions }: TargetSources,
  of: InVault,
  [version]: readonly string[],
): Promise<Target | undefined> => {
  const name = keyId(of.key);
  const pinned = version === undefined ? await keyVersions.current(of) : await keyVersions.read({ ...of, version });
  if (pinned.kind === 'unknown') return blocked(pinned.reason);
  if (pinned.kind === 'present') return { kind: 'noDrift', why: `${pinned.value.kid} is there` };
  const loss = await deletedKeys.observe(of);
  if (loss.kind !== 'present') return blocked(loss.kind === 'unknown' ? loss.reason : `${name} is gone`);
  if (loss.value.kind === 'deleted')
    return blocked(`${name} is deleted and can be recovered; that comes first: recoverKey`);
  return loss.value.kind === 'gone'
    ? undefined
    : blocked(`another key has the name ${name}, which nothing may replace`);
};

/** A backup blob does not say which key it is of: the restored key does. */
const resultOf = (step: RestoreKeyFromBackup, { id = '' }: KeyVaultKey, ids: readonly string[]): Sent => {
  const made = parseKeyId(id)?.key;
  if (made && keyId(made) === step.target)
    return { kind: 'done', why: `${step.target} was restored from ${step.parameters.blob}`, correlationIds: ids };
  const why = `${step.parameters.blob} holds another key: it made ${id}, not ${step.target}`;
  return { kind: 'blocked', why, correlationIds: ids };
};

/**
 * Reads the vault (one ARM call), the version and the deleted key (two or three data-plane calls) and the backup (one
 * call to storage). Sending is one POST of the backup. It works only in the subscription and geography where the backup
 * was made.
 */
export const readRestoreKeyFromBackup = async (sources: TargetSources, step: RestoreKeyFromBackup): Promise<Target> => {
  const { blob, content, key, versions } = step.parameters;
  const vault = await sources.vaults.readOne(key.host);
  if (vault.kind !== 'present') return blocked(vault.kind === 'unknown' ? vault.reason : `${key.host} is gone`);
  const another = vaultMismatch(vault.value, step.parameters);
  if (another !== undefined) return blocked(another);
  const of = { key, vault: vault.value };
  const found = await occupied(sources, of, versions);
  if (found) return found;
  const bytes = (await sources.backups?.read(blob)) ?? absent;
  if (bytes.kind !== 'present') return blocked(bytes.kind === 'unknown' ? bytes.reason : `there is no backup ${blob}`);
  if (contentHash(bytes.value) !== content)
    return blocked(`the backup ${blob} holds something else than when it was seen; look at it, and approve it anew`);
  const subject = { what: `the backup ${blob}`, vaultName: vaultName(key), scope: vault.value.id };
  return {
    kind: 'drift',
    why: `${step.target} is gone`,
    tagged: [vault.value],
    send: (abortSignal) =>
      sendOnce(subject, async () => {
        const ids: string[] = [];
        const onResponse = ({ headers }: { headers: { get(name: string): string | undefined } }) =>
          ids.push(...correlationIds((name) => headers.get(name)));
        const client = await sources.keyClients(vault.value);
        return resultOf(step, await client.restoreKeyBackup(bytes.value, { abortSignal, onResponse }), ids);
      }),
  };
};
