import { page } from '../arm/page.ts';
import type { Call, Route } from '../service.ts';
import { NODE_VERSIONS } from './versions.ts';

/** The properties of Flex Consumption, as Azure shows them for each version of a runtime. */
const flex = (version: string) => ({
  skuCode: 'FC1',
  instanceMemoryMB: [512, 2048, 4096].map((size) => ({ size, isDefault: size === 2048 })),
  maximumInstanceCount: { lowestMaximumInstanceCount: 40, highestMaximumInstanceCount: 1000, defaultValue: 100 },
  functionAppConfigProperties: { runtime: { name: 'node', version } },
});

const minorVersion = (version: string) => ({
  displayText: `Node.js ${version}`,
  value: version,
  stackSettings: {
    linuxRuntimeSettings: {
      runtimeVersion: `Node|${version}`,
      isDefault: version === '22',
      appInsightsSettings: { isSupported: true },
      gitHubActionSettings: { isSupported: true, supportedVersion: `${version}.x` },
      appSettingsDictionary: { FUNCTIONS_WORKER_RUNTIME: 'node' },
      Sku: [flex(version)],
    },
  },
});

const NODE = {
  id: null,
  name: 'node',
  type: 'Microsoft.Web/functionAppStacks?stackOsType=All',
  properties: {
    displayText: 'Node.js',
    value: 'node',
    preferredOs: 'windows',
    majorVersions: NODE_VERSIONS.map((version) => ({
      displayText: `Node.js ${version}`,
      value: version,
      minorVersions: [minorVersion(version)],
    })),
  },
};

/**
 * Provider - Get Function App Stacks For Location: for the runtimes of this cloud, which is Node alone. Every signed-in caller
 * may read it.
 */
export const stackRoutes = (): Route[] => [
  {
    plane: 'arm',
    method: 'GET',
    path: '/providers/Microsoft.Web/locations/{location}/functionAppStacks',
    apiVersions: ['2020-10-01'],
    handle: (call: Call) => page(call, [null, 'node'].includes(call.query.get('stack')) ? [NODE] : []),
  },
];
