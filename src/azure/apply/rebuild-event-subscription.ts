import type { SpecOf } from '../../remediation/steps/steps.ts';
import { eventSubscriptionFacts } from '../key-vault/event-subscriptions.ts';
import { readRebuild } from './rebuild.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RebuildEventSubscription = SpecOf<'rebuildEventSubscription'>;

/**
 * Only an event subscription to the product's own app is created again: the product does not send the events of others.
 * Azure also checks that the product may write to the function; otherwise the step is `blocked`, with Azure's text.
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
