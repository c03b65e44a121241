/**
 * Azure's geographies and their regions (azure.microsoft.com, Azure geographies); a region that is its own geography is not
 * listed.
 */
const REGIONS: Record<string, string[]> = {
  Korea: ['koreacentral', 'koreasouth'],
  Japan: ['japaneast', 'japanwest'],
  'Asia Pacific': ['eastasia', 'southeastasia'],
  India: ['centralindia', 'southindia', 'westindia', 'jioindiawest', 'jioindiacentral'],
  Australia: ['australiaeast', 'australiasoutheast', 'australiacentral', 'australiacentral2'],
  'United States': ['eastus', 'eastus2', 'centralus', 'northcentralus', 'southcentralus', 'westcentralus'].concat([
    'westus',
    'westus2',
    'westus3',
  ]),
  Canada: ['canadacentral', 'canadaeast'],
  Brazil: ['brazilsouth', 'brazilsoutheast'],
  Europe: ['northeurope', 'westeurope'],
  'United Kingdom': ['uksouth', 'ukwest'],
  France: ['francecentral', 'francesouth'],
  Germany: ['germanywestcentral', 'germanynorth'],
  Switzerland: ['switzerlandnorth', 'switzerlandwest'],
  Norway: ['norwayeast', 'norwaywest'],
  'South Africa': ['southafricanorth', 'southafricawest'],
  UAE: ['uaenorth', 'uaecentral'],
};

/** Whether Azure has a region of this name, `koreacentral`. */
export const isRegion = (region: string): boolean => Object.values(REGIONS).flat().includes(region);

/** The geography of a region in any spelling, `Korea Central` or `koreacentral`; an unknown region is its own geography. */
export const geographyOf = (location: string): string => {
  const region = location.toLowerCase().replaceAll(' ', '');
  return Object.entries(REGIONS).find(([, regions]) => regions.includes(region))?.[0] ?? region;
};
