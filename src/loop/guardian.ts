import type { Azure } from '../azure/azure.ts';
import type { RaisedEvent } from '../notifications/cloud-event.ts';
import type { GuardianEvent } from '../notifications/event-data.ts';
import type { Notice } from '../notifications/notice.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { Reach } from '../remediation/model/reach.ts';
import type { RemediationSettings } from '../remediation/model/settings.ts';
import type { PolicySettings } from '../remediation/policy/policy-types.ts';
import type { SeenInstance } from '../remediation/protocol/lifetime.ts';
import type { Singleton } from '../remediation/protocol/orchestrations.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';
import type { Store } from '../store/store.ts';
import type { AlertInput, WokenBy } from './messages.ts';

/** The claims that a person's token must have. `issuers`: exact values of `iss`. */
export type TokenSettings = {
  readonly issuers: readonly string[];
  readonly audience: string;
  readonly jwksUrl: string;
  readonly tenantId: string;
  /** The address where people sign in. */
  readonly authorizeUrl: string;
};

/** The claims of a token that proves that an action group sent an alert. `issuers`: exact values of `iss`. */
export type AlertTokens = TokenSettings & {
  /** Client id of the application that sends for action groups. */
  readonly application: string;
};

export type LoopSettings = {
  /** The scopes that the product reads and writes, at the moment of the call. */
  readonly reach: () => Reach;
  /** The ending of the host names of the cloud's vaults: `vault.azure.net`. */
  readonly vaultDomain: string;
  /** The share of each quota of Key Vault that routine reads may use, 0 to 1. */
  readonly quotaShare: number;
  /** The first time after an instant when each timer is due. */
  readonly schedules: Readonly<Record<Singleton, { nextDue(after: Date): Date }>>;
  /** When people get the next summary of the time since the last one. */
  readonly summarySchedule: { nextDue(after: Date): Date };
  readonly policy: PolicySettings;
  readonly remediation: RemediationSettings;
  /** ARM id of the product's own app, if the settings name it. */
  readonly functionApp?: string;
  /** The name of the tag that names the owner of a consumer or a vault. Without it the product reads no owner. */
  readonly ownerTag?: string;
  /** Whether the settings name a webhook for messages. Without one the product does not record which messages it sent. */
  readonly hasWebhook: boolean;
  /** Whether the settings name a topic for the product's own events. */
  readonly hasTopic: boolean;
  /** Number of the standing change under which the product acts without an approval. */
  readonly changeNumber?: string;
  /** How long an approval is valid (ISO 8601 duration), and which tokens prove who gives it. */
  readonly approval: { readonly validity: string; readonly tokens?: TokenSettings };
  /** Without these, a function key proves the sender of alerts. */
  readonly alertTokens?: AlertTokens;
};

/** Everything that an activity or an HTTP route needs. src/app.ts makes it once per process. */
export type Guardian = {
  readonly settings: LoopSettings;
  readonly store: Store;
  readonly azure: Azure;
  /**
   * Reads again which subscriptions are in scope, where the settings name management groups. Throws what only a retry
   * cures.
   */
  renewReach(): Promise<void>;
  /**
   * Logs the notice, and posts it if there is a webhook. A notice that the webhook does not take waits as a row. Never
   * throws.
   */
  notify(notice: Notice): Promise<void>;
  /**
   * Sends the notices that wait and are due, bounded in number and time. Returns the notices that are given up after a
   * day. Never throws.
   */
  notifyAgain(): Promise<readonly Notice[]>;
  /**
   * Publishes events to the product's topic if there is one. An event that the topic does not take waits as a row.
   * Never throws.
   */
  publish(events: readonly GuardianEvent[]): Promise<void>;
  /**
   * Publishes the events that wait and are due, with the same bounds. Returns the events that are given up after a day.
   * Never throws.
   */
  publishAgain(): Promise<readonly RaisedEvent[]>;
  /** A line for the operators of the product. */
  log(line: string): void;
  /** A line for a person who must act: the product does not mend this by itself. */
  warn(line: string): void;
};

/** The operations of Durable Functions that the loop and the HTTP routes may use. */
export type Durable = {
  /**
   * Wakes the key and returns its instance id. Throws when it cannot promise an assess after this moment. The ledger
   * names `by` if this call starts the instance and the assess finds something; an instance that already lives keeps
   * its own `by`.
   */
  wake(key: KeyRef, by?: WokenBy): Promise<string>;
  /** Wakes the key like `wake`, and ends a pause of the key: there is a reason to look at it anew. */
  wakeAnew(key: KeyRef, by?: WokenBy): Promise<string>;
  /** `Running`, `Completed`, …; `undefined` when this key has no instance. */
  runtimeStatus(key: KeyRef, row: Pick<KeyRow, 'generation'>): Promise<string | undefined>;
  /** Starts the orchestration that follows an alert after the HTTP answer. Throws when it cannot promise that. */
  followAlert(input: AlertInput): Promise<void>;
  /**
   * Starts the orchestration, or replaces an instance that has outlived its time. `atWork`: an instance runs already.
   * Throws where it cannot start.
   */
  start(which: Singleton): Promise<'started' | 'atWork'>;
  /** Whether the instance of a key or a step exists, has not ended, and has not outlived its time. */
  isAlive(instanceId: string): Promise<boolean>;
};

/** `createdAt`: ISO 8601, in whole seconds. */
export type EndedInstance = SeenInstance & { readonly id: string; readonly createdAt: string };

/** The product's own interface to Durable Functions. */
export type Instances = {
  /** Starts an instance. Returns why it could not be started, or `undefined` on success. */
  start(orchestration: string, id: string, input?: unknown): Promise<string | undefined>;
  see(id: string): Promise<(SeenInstance & { readonly input: unknown }) | undefined>;
  /** Asks Durable Functions to end the instance; never throws. */
  terminate(id: string): Promise<void>;
  /** All instances that have ended, with any status, and were created within this time, bounds included. */
  listEnded(from: Date, to: Date): Promise<readonly EndedInstance[]>;
  /** Deletes the history of an instance, even of one that runs: the caller checks first that it has ended. */
  purge(id: string): Promise<void>;
};
