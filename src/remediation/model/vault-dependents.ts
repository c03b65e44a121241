import type { Json } from './canonical.ts';

/** An Event Grid subscription of a vault, as Azure Resource Manager shows it, without the parts that Azure keeps secret. */
export type EventSubscriptionFacts = {
  /** ARM id, as Azure spells it. */
  readonly id: string;
  readonly name: string;
  /** `AzureFunction`, `WebHook`, `StorageQueue`, … */
  readonly endpointType: string;
  /** Whether the subscription delivers its events to the product's own function app. */
  readonly own: boolean;
  /**
   * The properties to write the subscription with. Left out where its destination is not a resource id, since nobody can read the
   * secret of such a destination.
   */
  readonly body?: Json;
};

/** A diagnostic setting of a vault, as Azure Resource Manager shows it. */
export type DiagnosticSettingFacts = { readonly id: string; readonly name: string; readonly body: Json };

/** A role assignment at a vault or below it, as Azure Resource Manager shows it. */
export type RoleAssignmentFacts = {
  readonly id: string;
  readonly scope: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly principalType: string;
  /** Without the condition the same assignment would give more rights. */
  readonly condition?: string;
};

/**
 * The resources that depend on a vault and are deleted with it: a recovered vault lacks all of them (Key Vault, soft-delete
 * overview).
 */
export type VaultDependents = {
  readonly roleAssignments: readonly RoleAssignmentFacts[];
  readonly eventSubscriptions: readonly EventSubscriptionFacts[];
  readonly diagnosticSettings: readonly DiagnosticSettingFacts[];
  readonly locks: readonly { readonly name: string; readonly level: string; readonly notes?: string }[];
};
