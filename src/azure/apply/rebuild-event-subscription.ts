import type { SpecOf } from '../../remediation/steps/steps.ts';
import { eventSubscriptionFacts } from '../key-vault/event-subscriptions.ts';
import { readRebuild } from './rebuild.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RebuildEventSubscription = SpecOf<'rebuildEventSubscription'>;

/**
 * Only one that ends at the product's own app is made again: anybody else's events are not ours to send. Azure asks as well
 * whether we may write to the function: else it is `blocked`, in its words.
 */
export const readRebuildEventSubscription = async (
  { connection }: TargetSources,
  { parameters }: RebuildEventSubscription,
): Promise<Target> => {
  const { body, name } = parameters;
  const { endpointType, own } = eventSubscriptionFacts({ name, properties: body as object }, connection.functionApp);
  if (!own)
    return {
      kind: 'blocked',
      why: `the event subscription ${name} ends at ${endpointType || 'nothing'}, not at this function app (GUARDIAN_FUNCTION_APP)`,
    };
  return readRebuild(connection, {
    ...parameters,
    type: 'Microsoft.EventGrid/eventSubscriptions',
  });
};
