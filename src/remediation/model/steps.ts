import type { Json } from './canonical.ts';
import type { ConsumerIdentity, ConsumerKind, KeyPermission, NetworkRules } from './facts.ts';
import type { KeyRef } from './key-ref.ts';

/** `restore` continues what was intended, `reversal` undoes someone's act, `irreversible` cannot be undone. */
export type Risk = 'restore' | 'reversal' | 'irreversible';

/** What names a step: everything a person approves, nothing that changes with the day (durations instead of dates). */
export type StepSpec =
  | {
      readonly kind: 'extendKeyExpiry';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: {
        readonly key: KeyRef;
        readonly version: string;
        /** ISO 8601 durations: the new validity counted from the write, and the age no version may exceed. */
        readonly period: string;
        readonly maximumAge: string;
        /** The expiry that is near enough to act on; a later one is "no drift". */
        readonly threshold: string;
      };
    }
  | {
      readonly kind: 'recoverKey';
      /** Key identifier without version: a key comes back with all its versions. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef };
    }
  | {
      readonly kind: 'enableKey';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef; readonly version: string };
    }
  | {
      readonly kind: 'setActivationDate';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef; readonly version: string };
    }
  | {
      readonly kind: 'recoverVault';
      /** ARM id of the deleted vault, lower-cased. */
      readonly target: string;
      /**
       * `host` of its data plane; location and tags are read from the deleted vault right before the write. `was`: what
       * the baseline says that a deleted vault does not show.
       */
      readonly parameters: {
        readonly vaultId: string;
        readonly host: string;
        readonly was?: { readonly tenantId: string; readonly permissionModel: 'accessPolicies' | 'rbac' };
      };
    }
  | {
      readonly kind: 'setVaultBypass';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly host: string; readonly bypass: 'AzureServices' };
    }
  | {
      readonly kind: 'restoreNetworkRules';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      /** The rules of the baseline. */
      readonly parameters: { readonly vaultId: string; readonly host: string; readonly network: NetworkRules };
    }
  | {
      readonly kind: 'enableSoftDelete';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly host: string };
    }
  | {
      readonly kind: 'enablePurgeProtection';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly host: string };
    }
  | {
      readonly kind: 'rebuildEventSubscription';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly name: string; readonly body: Json };
    }
  | {
      readonly kind: 'rebuildDiagnosticSetting';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly name: string; readonly body: Json };
    }
  | {
      readonly kind: 'restoreKeyFromBackup';
      /** Key identifier without version. */
      readonly target: string;
      /**
       * `blob`: name of the backup in the product's container for backups. `versions`: those that somebody pins, sorted;
       * a key of that name without the first of them is another key.
       */
      readonly parameters: { readonly key: KeyRef; readonly blob: string; readonly versions: readonly string[] };
    }
  | {
      readonly kind: 'assignIdentity';
      /** ARM resource id of the consumer, lower-cased. */
      readonly target: string;
      readonly parameters: {
        readonly consumerKind: ConsumerKind;
        readonly kid: string;
        readonly identity: ConsumerIdentity;
        /**
         * Object id, lower-cased, of the identity that the consumer still shows though Entra does not know it any more. Where
         * it is left out, any identity that is shown is taken for alive: no drift.
         */
        readonly replaces?: string;
      };
    }
  | {
      readonly kind: 'grantKeyAccess';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: {
        readonly vaultId: string;
        readonly key: KeyRef;
        /** The permission model under which it is granted: that of the vault, or nothing is written. */
        readonly model: 'accessPolicies' | 'rbac';
        readonly principalId: string;
        readonly tenantId: string;
        /** All that the consumer needs, sorted: adding what is there changes nothing. */
        readonly permissions: readonly KeyPermission[];
        /** ARM id of the consumer, lower-cased. */
        readonly consumerId: string;
      };
    }
  | {
      readonly kind: 'grantReader';
      /** ARM id of the vault, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly vaultId: string; readonly principalId: string; readonly consumerId: string };
    }
  | {
      readonly kind: 'repointConsumer';
      /** ARM resource id of the consumer, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly consumerKind: ConsumerKind; readonly kid: string; readonly newKid: string };
    }
  | {
      readonly kind: 'clearAutoRotationError';
      /** ARM resource id of the disk encryption set, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly kid: string };
    }
  | {
      readonly kind: 'startVirtualMachines';
      /** ARM id of the machine, lower-cased: one step for each. */
      readonly target: string;
      readonly parameters: { readonly consumerId: string; readonly kid: string };
    }
  | {
      readonly kind: 'revalidateConsumer';
      /** ARM resource id of the consumer, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly consumerKind: ConsumerKind; readonly kid: string };
    };

export type StepKind = StepSpec['kind'];

/** One orchestration is registered for each. */
export const STEP_KINDS = [
  'recoverVault',
  'setVaultBypass',
  'restoreNetworkRules',
  'enableSoftDelete',
  'enablePurgeProtection',
  'rebuildEventSubscription',
  'rebuildDiagnosticSetting',
  'recoverKey',
  'restoreKeyFromBackup',
  'enableKey',
  'setActivationDate',
  'extendKeyExpiry',
  'assignIdentity',
  'grantKeyAccess',
  'grantReader',
  'repointConsumer',
  'clearAutoRotationError',
  'revalidateConsumer',
  'startVirtualMachines',
] as const satisfies readonly StepKind[];

/** One repair. */
export type Step = StepSpec & {
  /** SHA-256 of kind, target and parameters in canonical form: the same repair has the same id tomorrow. */
  readonly stepId: string;
  readonly risk: Risk;
  /** Why a person must say yes to it, whatever the settings name. Not part of `stepId`. */
  readonly asks?: string;
  /**
   * ISO 8601, ascending: when it is tried, where access may not be effective yet. A refusal before the last one says
   * nothing (invariant 7). Not part of `stepId`.
   */
  readonly attemptsAt?: readonly string[];
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: readonly string[];
  readonly undo: string;
  /** One sentence for a human. */
  readonly sentence: string;
  /** Its own ids, by each of which a do-not-heal record may mean it: key version, vault, target. Not part of `stepId`. */
  readonly touches: readonly string[];
  /** ARM resource ids, lower-cased, of the consumers that it is for. Not part of `stepId`. */
  readonly serves: readonly string[];
  /** Only after it can be seen what else is wrong: the key is assessed again before anything that depends on it. */
  readonly reveals: boolean;
  /** Ids of the steps that must be done before. */
  readonly dependsOn: readonly string[];
};

export type Plan = {
  /** SHA-256 of the steps' ids: the same repairs make the same plan tomorrow. */
  readonly planId: string;
  /** Each after those it depends on. */
  readonly steps: readonly Step[];
  /** What a human must do where no step is offered: one sentence each, with the command. Not part of `planId`. */
  readonly instructions: readonly string[];
};
