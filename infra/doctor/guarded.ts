import { type Facts, known } from './facts.ts';

const SUBSCRIPTION = /^\/subscriptions\/([0-9a-f-]{36})(?:\/|$)/i;
const MANAGEMENT_GROUP = /^\/providers\/Microsoft\.Management\/managementGroups\/([\w.()-]{1,90})\/?$/i;

/** The value of `GUARDIAN_SCOPE`, as far as it can be parsed. */
export type Scope = {
  /** GUIDs, lower-cased, each once. */
  readonly subscriptions: readonly string[];
  /** The names of the management groups in scope. */
  readonly managementGroups: readonly string[];
  /** Ids of subscriptions and resource groups, without the mark that excludes them. */
  readonly excluded: readonly string[];
};

const subscriptionsIn = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.flatMap((id) => SUBSCRIPTION.exec(id)?.[1]?.toLowerCase() ?? [])),
];

export const scopeIn = (settings: Readonly<Record<string, string>>): Scope => {
  const parts = (settings['GUARDIAN_SCOPE'] ?? '').split(',').map((part) => part.trim());
  const named = parts.filter((part) => !part.startsWith('!'));
  return {
    subscriptions: subscriptionsIn(named),
    managementGroups: [...new Set(named.flatMap((id) => MANAGEMENT_GROUP.exec(id)?.[1] ?? []))],
    excluded: parts.flatMap((part) => (part.startsWith('!') ? [part.slice(1).trim()] : [])),
  };
};

type Seen = Pick<Facts, 'settings' | 'subscriptionId'>;

/** The subscriptions in the settings; the app's own subscription while the settings are unknown. */
export const namedBy = ({ settings, subscriptionId }: Seen): readonly string[] => {
  const { subscriptions, managementGroups } = scopeIn(known(settings) ?? {});
  return subscriptions.length > 0 || managementGroups.length > 0 ? subscriptions : [subscriptionId.toLowerCase()];
};

/** The subscriptions below management groups that the settings neither name nor exclude. */
export const foundBy = ({ settings, below }: Pick<Facts, 'settings' | 'below'>): readonly string[] => {
  const { subscriptions, excluded } = scopeIn(known(settings) ?? {});
  const out = excluded.map((id) => id.toLowerCase());
  const found = new Set(Object.values(below).flatMap((fact) => known(fact) ?? []));
  return [...found].filter((id) => !subscriptions.includes(id) && !out.includes(`/subscriptions/${id}`)).toSorted();
};

/** The subscriptions that the product guards, each once. */
export const guardedBy = (facts: Seen & Pick<Facts, 'below'>): readonly string[] => [
  ...namedBy(facts),
  ...foundBy(facts),
];
