import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Cure } from '../../remediation/model/records.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';

type Begun = { readonly startedAt: string; readonly correlationIds: readonly string[] };

/** A long-running operation of Resource Manager. `scope`: the id of what it works on; older rows of history have none. */
export type ArmOperation = Begun & { readonly statusUrl: string; readonly scope?: string };

/** The recovery of a key: it has no status, and has ended when the key is found again. */
export type KeyRecovery = Begun & { readonly recovers: KeyRef };

/** The recovery of a vault: it has no status, and has ended when the vault is shown again and its host answers. */
export type VaultRecovery = Begun & { readonly recoversVault: { readonly vaultId: string; readonly host: string } };

/** A resource that is being made: it has no operation to poll and says itself when it is. */
export type Provisioning = Begun & { readonly provisions: { readonly path: string; readonly apiVersion: string } };

/** An Azure operation under way. */
export type AzureOperation = ArmOperation | KeyRecovery | VaultRecovery | Provisioning;

/**
 * What became of the one write: Azure has answered. Where it has not (deadline, broken connection), sending throws and
 * nobody knows whether the write took effect.
 */
export type Sent =
  | { readonly kind: 'done'; readonly why: string; readonly correlationIds: readonly string[] }
  | { readonly kind: 'started'; readonly operation: AzureOperation; readonly pollAt: string }
  | { readonly kind: 'waiting'; readonly until: string; readonly why: string }
  | {
      readonly kind: 'blocked';
      readonly why: string;
      readonly correlationIds: readonly string[];
      readonly cure?: Cure;
    };

/** The target of a step as it is right before the write. */
export type Target =
  | { readonly kind: 'noDrift'; readonly why: string }
  | { readonly kind: 'operationInProgress'; readonly until: string; readonly why: string }
  | { readonly kind: 'blocked'; readonly why: string }
  /** Somebody has changed it since it was seen: the step was decided on what is not so any more. */
  | { readonly kind: 'changed'; readonly why: string }
  | {
      readonly kind: 'drift';
      readonly why: string;
      /** Key, vault and consumer, as far as the step touches them, as just read: do-not-heal may be among their tags. */
      readonly tagged: readonly Tagged[];
      /** Sends exactly once, and only what was derived from what was read. */
      send(signal: AbortSignal): Promise<Sent>;
    };

const DEFAULT_WAIT_MS = 60_000;
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * When to look again: ARM's `Retry-After` lies between 10 and 600 s, and 60 s is meant where it is missing (Azure
 * Resource Manager RPC, "asynchronous operations").
 */
export const lookAgainAt = (askedMs: number | undefined, now: number): string => {
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, askedMs ?? DEFAULT_WAIT_MS));
  return new Date(now + wait).toISOString();
};
