export type Subscription = { id: string; name: string; tenantId: string };
export type ResourceGroup = { subscription: string; name: string; location: string; tags: Record<string, string> };

/** The containers of every resource. */
export type Subscriptions = {
  add(subscription: Subscription): Subscription;
  get(id: string): Subscription | undefined;
  all(): Subscription[];
  addGroup(group: { subscription: string; name: string; location?: string }): ResourceGroup;
  group(subscription: string, name: string): ResourceGroup | undefined;
  groups(subscription: string): ResourceGroup[];
};
