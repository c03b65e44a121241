import type { SpecOf } from '../../remediation/steps/steps.ts';
import { explain } from '../failure/advice.ts';
import { toFailure } from '../failure/failure.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { vaultMismatch, versionMismatch } from './mismatch.ts';
import type { Polled } from './poll-operation.ts';
import { sendOnce } from './send-once.ts';
import { type KeyRecovery, lookAgainAt, type Target } from './target.ts';

type RecoverKey = SpecOf<'recoverKey'>;

/** A recovery takes seconds. Azure documents no number, and gives no operation to poll. */
const LOOK_AGAIN_MS = 10_000;

const soon = (): string => lookAgainAt(LOOK_AGAIN_MS, Date.now());

const blockedBy = (fact: { readonly kind: string; readonly reason?: string }, what: string): Target => ({
  kind: 'blocked',
  why: fact.reason ?? `${what} is gone`,
});

/**
 * Reads the vault and the deleted key: one ARM call and one data-plane call, and another one where the key is not
 * deleted (any more). Sending is one POST, which answers before the key is back. Where the key neither exists nor is
 * deleted, a recovery or a deletion is still running.
 */
export const readRecovery = async ({ deletedKeys, vaults }: Sources, step: RecoverKey): Promise<Target> => {
  const { key } = step.parameters;
  const vault = await vaults.readOne(key.host);
  if (vault.kind !== 'present') return blockedBy(vault, key.host);
  const another = vaultMismatch(vault.value, step.parameters);
  if (another !== undefined) return { kind: 'blocked', why: another };
  const of = { key, vault: vault.value };
  const deleted = await deletedKeys.read(of);
  if (deleted.kind === 'unknown') return blockedBy(deleted, step.target);
  if (deleted.kind === 'absent') {
    const there = await deletedKeys.isThere(of);
    if (there.kind === 'unknown') return blockedBy(there, step.target);
    return there.kind === 'present'
      ? { kind: 'noDrift', why: `${step.target} is not deleted` }
      : { kind: 'operationInProgress', until: soon(), why: `${step.target} is being deleted or recovered` };
  }
  const exchanged = versionMismatch({ kid: `the deleted ${step.target}`, ...deleted.value }, step.parameters);
  if (exchanged !== undefined) return { kind: 'blocked', why: exchanged };
  return {
    kind: 'drift',
    why: `${step.target} was deleted at ${deleted.value.deletedOn}`,
    tagged: [{ name: step.target, tags: deleted.value.tags }, vault.value],
    send: (signal) =>
      sendOnce({ what: `deleted key ${step.target}`, vaultName: vault.value.name, scope: vault.value.id }, async () => {
        const correlationIds = await deletedKeys.recover(of, signal);
        const startedAt = new Date().toISOString();
        return { kind: 'started', operation: { recovers: key, startedAt, correlationIds }, pollAt: soon() };
      }),
  };
};

/** The recovery has ended when the key is found again. Until then the answer is 404; any other failed read says nothing. */
export const pollRecovery = async (
  { deletedKeys, vaults }: Sources,
  { recovers, correlationIds }: KeyRecovery,
): Promise<Polled> => {
  const name = `https://${recovers.host}/keys/${recovers.name}`;
  try {
    const { vault } = await (await vaults.locate([recovers.host]))(recovers.host);
    const there = vault.kind === 'present' ? await deletedKeys.isThere({ key: recovers, vault: vault.value }) : vault;
    if (there.kind === 'present') return { kind: 'done', why: `${name} is there again`, correlationIds };
    const why = there.kind === 'unknown' ? there.reason : `${name} is being recovered`;
    return { kind: 'waiting', until: soon(), why };
  } catch (error) {
    return { kind: 'waiting', until: soon(), why: explain(toFailure(error), { what: name }) };
  }
};
