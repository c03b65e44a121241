import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { Cure } from '../../remediation/model/records.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';

type Begun = { readonly startedAt: string; readonly correlationIds: readonly string[] };

/**
 * A long-running operation of Resource Manager. `scope`: the id of its resource; left out in histories of earlier
 * versions.
 */
export type ArmOperation = Begun & { readonly statusUrl: string; readonly scope?: string };

/** The recovery of a key. It has no status, and has ended when the key is found again. */
export type KeyRecovery = Begun & { readonly recovers: KeyRef };

/** The recovery of a vault. It has no status, and has ended when the vault is shown again and its host answers. */
export type VaultRecovery = Begun & { readonly recoversVault: { readonly vaultId: string; readonly host: string } };

/** A resource that Azure is creating. It has no operation to poll, and itself shows when it is finished. */
export type Provisioning = Begun & { readonly provisions: { readonly path: string; readonly apiVersion: string } };

/** An Azure operation under way. */
export type AzureOperation = ArmOperation | KeyRecovery | VaultRecovery | Provisioning;

/**
 * The result of the single write: Azure has answered. Where Azure has not (deadline, broken connection), sending
 * throws, and it is unknown whether the write took effect.
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
  /** Somebody has changed it since the observation: the step was decided on facts that are no longer true. */
  | { readonly kind: 'changed'; readonly why: string }
  | {
      readonly kind: 'drift';
      readonly why: string;
      /** Key, vault and consumer, as far as the step touches them, as just read. Their tags may hold a do-not-heal mark. */
      readonly tagged: readonly Tagged[];
      /** Sends exactly once, and only values from the target that was read. */
      send(signal: AbortSignal): Promise<Sent>;
    };

const DEFAULT_WAIT_MS = 60_000;
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

/**
 * When to poll again. ARM's `Retry-After` is between 10 and 600 s; where it is missing, 60 s applies (Azure Resource
 * Manager RPC, "asynchronous operations").
 */
export const lookAgainAt = (askedMs: number | undefined, now: number): string => {
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, askedMs ?? DEFAULT_WAIT_MS));
  return new Date(now + wait).toISOString();
};
