import { describe, expect, it } from 'vitest';
import { trustedServicesPass } from '../../../src/remediation/observation/trusted-services-pass.ts';

describe('A trusted service', () => {
  it.each([
    ['Enabled', 'Allow', 'AzureServices', true],
    ['Enabled', 'Allow', 'None', true],
    ['Enabled', 'Deny', 'AzureServices', true],
    ['Enabled', 'Deny', 'None', false],
    ['Disabled', 'Allow', 'AzureServices', true],
    ['Disabled', 'Allow', 'None', false],
    ['Disabled', 'Deny', 'AzureServices', true],
    ['Disabled', 'Deny', 'None', false],
    ['SecuredByPerimeter', 'Allow', 'AzureServices', false],
    ['SecuredByPerimeter', 'Deny', 'AzureServices', false],
    ['securedbyperimeter', 'allow', 'none', false],
    ['enabled', 'deny', 'azureservices', true],
  ])(
    'with public access %s, default action %s and bypass %s passes: %s',
    (publicNetworkAccess, defaultAction, bypass, passes) => {
      const network = { publicNetworkAccess, defaultAction, bypass, ipRules: [], virtualNetworkRules: [] };
      expect(trustedServicesPass(network)).toBe(passes);
    },
  );
});
