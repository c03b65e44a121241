export type RegistrationState = 'NotRegistered' | 'Registering' | 'Registered' | 'Unregistering';

/**
 * `disabled`: every write in the subscription is refused. `registrations`: of resource providers, by lower-cased namespace; where
 * it is left out, all providers are registered.
 */
export type Subscription = {
  id: string;
  name: string;
  tenantId: string;
  disabled?: true;
  registrations?: Map<string, RegistrationState>;
};
/** `deleting`: the operation that ends the group with every resource in it. */
export type ResourceGroup = {
  subscription: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  managedBy?: string;
  deleting?: string;
};

/** The containers of every resource. */
export type Subscriptions = {
  add(subscription: Subscription): Subscription;
  get(id: string): Subscription | undefined;
  all(): Subscription[];
  addGroup(group: { subscription: string; name: string; location?: string }): ResourceGroup;
  /** Calls with every resource group that is made from now on. */
  onGroup(listener: (group: ResourceGroup) => void): void;
  group(subscription: string, name: string): ResourceGroup | undefined;
  groups(subscription: string): ResourceGroup[];
  /** Puts a subscription, or a management group, below a management group, which is made if it is not there. */
  putBelow(managementGroup: string, below: { subscription: string } | { managementGroup: string }): void;
  /** Takes a subscription from under its management group, as when it goes to another directory. */
  takeOut(subscription: string): void;
  /**
   * All resources and groups below a management group at any depth, each with its direct parent; `undefined` where there is no
   * management group of that name.
   */
  descendants(managementGroup: string): { id: string; parent: string }[] | undefined;
  /** Scopes of the management groups above the subscription of a scope, the nearest first. */
  above(scope: string): string[];
  removeGroup(subscription: string, name: string): void;
  /** From now on Azure answers that the resources at this scope are not found, though they are there. */
  hide(scope: string): void;
  show(scope: string): void;
  /** The widest hidden scope in which this path lies. */
  hiddenBy(path: string): string | undefined;
  hidden(): string[];
};
