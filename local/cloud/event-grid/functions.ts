import { AzureError } from '../arm/error.ts';
import type { SubscriptionSpec } from './event-subscription.ts';

/** Functions with an Event Grid trigger, by ARM id: `…/sites/{app}/functions/{function}`. */
export type Functions = {
  /** The function of this id listens at this URL. */
  runsAt(functionId: string, url: string): void;
  /** The same subscription with the URL of the function that it names; 400 where there is none. */
  locate(spec: SubscriptionSpec): SubscriptionSpec;
};

const notFound = (resourceId: string) =>
  new AzureError(
    400,
    'InvalidRequest',
    `Destination endpoint not found. Resource details: resourceId: ${resourceId}. Resource should pre-exist before attempting this operation.`,
  );

/** `deployed`: the webhook URL of a function of a deployed site, once the site lists the function. */
export const createFunctions = (deployed: (functionId: string) => string | undefined = () => undefined): Functions => {
  const urls = new Map<string, string>();
  return {
    runsAt: (functionId, url) => {
      urls.set(functionId.toLowerCase(), url);
    },
    locate: (spec) => {
      const { resource } = spec;
      if (resource?.endpointType !== 'AzureFunction') return spec;
      const endpointUrl = urls.get(resource.resourceId.toLowerCase()) ?? deployed(resource.resourceId);
      if (endpointUrl === undefined) throw notFound(resource.resourceId);
      return { ...spec, endpointUrl };
    },
  };
};
