import type { Azure } from '../azure/azure.ts';
import type { RaisedEvent } from '../notifications/cloud-event.ts';
import type { GuardianEvent } from '../notifications/event-data.ts';
import type { Notice } from '../notifications/notice.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { RemediationSettings } from '../remediation/model/settings.ts';
import type { PolicySettings } from '../remediation/policy/policy-types.ts';
import type { SeenInstance } from '../remediation/protocol/lifetime.ts';
import type { Singleton } from '../remediation/protocol/orchestrations.ts';
import type { KeyRow } from '../remediation/protocol/wake.ts';
import type { Store } from '../store/store.ts';
import type { AlertInput, WokenBy } from './messages.ts';

/** What a person's token must prove. `issuers`: exact values of `iss`. */
export type TokenSettings = {
  readonly issuers: readonly string[];
  readonly audience: string;
  readonly jwksUrl: string;
  readonly tenantId: string;
  /** Where people sign in. */
  readonly authorizeUrl: string;
};

/** Whose token proves that an alert comes from an action group. `issuers`: exact values of `iss`. */
export type AlertTokens = TokenSettings & {
  /** Client id of the application that sends for action groups. */
  readonly application: string;
};

export type LoopSettings = {
  readonly scopes: readonly string[];
  /** What the hosts of the cloud's vaults end with: `vault.azure.net`. */
  readonly vaultDomain: string;
  /** What routine reads may take of each quota of Key Vault, 0 to 1. */
  readonly quotaShare: number;
  /** When each comes due for the first time after an instant. */
  readonly schedules: Readonly<Record<Singleton, { nextDue(after: Date): Date }>>;
  /** When people are told how the time since the last summary was. */
  readonly summarySchedule: { nextDue(after: Date): Date };
  readonly policy: PolicySettings;
  readonly remediation: RemediationSettings;
  /** ARM id of the product's own app, where the settings say it. */
  readonly functionApp?: string;
  /** The name of the tag that says who owns a consumer or a vault; nobody is asked for one without it. */
  readonly ownerTag?: string;
  /** Whether there is a webhook for messages: without one nothing is kept of what was told. */
  readonly hasWebhook: boolean;
  /** Whether there is a topic for the product's own events. */
  readonly hasTopic: boolean;
  /** Number of the standing change under which it acts by itself. */
  readonly changeNumber?: string;
  /** How long an approval may be acted on (ISO 8601 duration), and whose tokens prove who gives one. */
  readonly approval: { readonly validity: string; readonly tokens?: TokenSettings };
  /** Without it a function key proves who sends alerts. */
  readonly alertTokens?: AlertTokens;
};

/** Everything an activity or a door works with; made once per process by src/app.ts. */
export type Guardian = {
  readonly settings: LoopSettings;
  readonly store: Store;
  readonly azure: Azure;
  /** Logs it, and posts it where there is a webhook; what that does not take waits as a row. Never throws. */
  notify(notice: Notice): Promise<void>;
  /** Sends what waits and is due, bounded in number and time; returns what is given up after a day. Never throws. */
  notifyAgain(): Promise<readonly Notice[]>;
  /** Publishes events to the product's topic where there is one; what that does not take waits as rows. Never throws. */
  publish(events: readonly GuardianEvent[]): Promise<void>;
  /** Publishes what waits and is due, as above; returns what is given up after a day. Never throws. */
  publishAgain(): Promise<readonly RaisedEvent[]>;
  /** A line for who operates the product. */
  log(line: string): void;
  /** The same for a person who must do something: nothing mends it by itself. */
  warn(line: string): void;
};

/** What the loop and the doors may do with Durable Functions. */
export type Durable = {
  /**
   * Wakes the key and returns its instance id; throws when it cannot promise an assess after this moment. `by` is entered where that
   * assess finds something: one that lives already was woken by another.
   */
  wake(key: KeyRef, by?: WokenBy): Promise<string>;
  /** The same where there is a reason to look at it anew: a pause that it has ends. */
  wakeAnew(key: KeyRef, by?: WokenBy): Promise<string>;
  /** `Running`, `Completed`, …; `undefined` when there is no instance of this key. */
  runtimeStatus(key: KeyRef, row: Pick<KeyRow, 'generation'>): Promise<string | undefined>;
  /** Sees to it that an alert is followed, after the door has answered; throws when it cannot promise that. */
  followAlert(input: AlertInput): Promise<void>;
  /** Starts it, in the place of one that has outlived its time. `atWork`: it is being done already. Throws where it cannot be started. */
  start(which: Singleton): Promise<'started' | 'atWork'>;
  /** Whether there is such an instance of a key or a step, it has not ended, and has not outlived its time. */
  isAlive(instanceId: string): Promise<boolean>;
};

/** `createdAt`: ISO 8601, in whole seconds. */
export type EndedInstance = SeenInstance & { readonly id: string; readonly createdAt: string };

/** Durable Functions itself. */
export type Instances = {
  /** Why it could not be started; `undefined` where it was. */
  start(orchestration: string, id: string, input?: unknown): Promise<string | undefined>;
  see(id: string): Promise<(SeenInstance & { readonly input: unknown }) | undefined>;
  /** Asks for it; never throws. */
  terminate(id: string): Promise<void>;
  /** All that have ended, in whatever way, and were made in this time: bounds included. */
  listEnded(from: Date, to: Date): Promise<readonly EndedInstance[]>;
  /** Takes its history away, whatever it does: see first that it has ended. */
  purge(id: string): Promise<void>;
};
