import type { Azure } from '../azure/azure.ts';
import type { Notice } from '../notifications/notify.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { RemediationSettings } from '../remediation/model/settings.ts';
import type { PolicySettings } from '../remediation/policy/policy-types.ts';
import type { Store } from '../store/store.ts';

/** What a person's token must prove. `issuers`: exact values of `iss`. */
export type TokenSettings = {
  readonly issuers: readonly string[];
  readonly audience: string;
  readonly jwksUrl: string;
};

export type LoopSettings = {
  readonly scopes: readonly string[];
  /** What routine reads may take of each quota of Key Vault, 0 to 1. */
  readonly quotaShare: number;
  /** When the probe comes due for the first time after this. */
  probeDueAfter(now: Date): Date;
  readonly policy: PolicySettings;
  readonly remediation: RemediationSettings;
  /** How long an approval may be acted on (ISO 8601 duration), and whose tokens prove who gives one. */
  readonly approval: { readonly validity: string; readonly tokens?: TokenSettings };
};

/** Everything an activity or a door works with; made once per process by src/app.ts. */
export type Guardian = {
  readonly settings: LoopSettings;
  readonly store: Store;
  readonly azure: Azure;
  /** Best effort; never throws. */
  notify(notice: Notice): Promise<void>;
  /** A line for who operates the product. */
  log(line: string): void;
};

/** What the loop and the doors may do with Durable Functions. */
export type Durable = {
  /** Wakes the key and returns its instance id; throws when it cannot promise an assess after this moment. */
  wake(key: KeyRef): Promise<string>;
  /** `Running`, `Completed`, …; `undefined` when there is no such instance. */
  runtimeStatus(instanceId: string): Promise<string | undefined>;
  /** Has the posture report made anew, unless that is being done already. */
  lookAtPosture(): Promise<void>;
  /** Whether there is such an instance and it has not ended. */
  isAlive(instanceId: string): Promise<boolean>;
};
