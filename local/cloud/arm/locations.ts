import { isRegion } from '../key-vault/geography.ts';
import { AzureError } from './error.ts';

/** `Korea Central` and `koreacentral` are the same location. */
const normalLocation = (location: string): string => location.toLowerCase().replaceAll(' ', '');

/** The region as Azure writes it; 400 where it is none in which the type can be. */
export const inRegion = (location: string, type: string): string => {
  const region = normalLocation(location);
  if (isRegion(region)) return region;
  const [code, what] = /resourceGroups$/i.test(type)
    ? ['LocationNotAvailableForResourceGroup', 'resource group']
    : ['LocationNotAvailableForResourceType', `resource type '${type}'`];
  throw new AzureError(400, code, `The provided location '${location}' is not available for ${what}.`);
};
