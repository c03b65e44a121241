import { type Facts, known } from './facts.ts';

const SUBSCRIPTION = /^\/subscriptions\/([0-9a-f-]{36})(?:\/|$)/i;

/** The subscriptions that the settings have the product look at, each once; none where they name none that can be understood. */
const guardedSubscriptions = (settings: Readonly<Record<string, string>>): readonly string[] => {
  const named = (settings['GUARDIAN_SCOPE'] ?? '')
    .split(',')
    .flatMap((scope) => SUBSCRIPTION.exec(scope.trim())?.[1] ?? []);
  return [...new Set(named.map((id) => id.toLowerCase()))];
};

/** The same of an installation; that of the app itself as long as nobody knows better. */
export const guardedBy = ({
  settings,
  subscriptionId,
}: Pick<Facts, 'settings' | 'subscriptionId'>): readonly string[] => {
  const named = guardedSubscriptions(known(settings) ?? {});
  return named.length > 0 ? named : [subscriptionId.toLowerCase()];
};
