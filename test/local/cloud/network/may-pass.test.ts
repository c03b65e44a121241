import { describe, expect, it } from 'vitest';
import { type Arrival, mayPass, type NetworkRules } from '../../../../local/cloud/network/may-pass.ts';

const SUBNET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/app';
const PUBLIC: Arrival = { by: 'public', address: '203.0.113.10' };
const SERVICE: Arrival = { by: 'serviceEndpoint', address: '10.60.0.5', subnet: SUBNET };
const PRIVATE: Arrival = { by: 'privateEndpoint', address: '10.60.0.68', endpoint: `${SUBNET}/pe` };

const closed: NetworkRules = { defaultAction: 'Deny', bypass: 'AzureServices' };
const listed = { ...closed, virtualNetworkRules: [{ id: SUBNET.toUpperCase() }] };

const passages = (rules: NetworkRules, trustedService = false) =>
  [PUBLIC, SERVICE, PRIVATE].map((arrival) => mayPass(rules, arrival, trustedService));

describe('network rules of a service', () => {
  it('that say nothing let everybody pass', () => {
    expect(passages({})).toEqual(['passes', 'passes', 'passes']);
  });

  it('that deny every network let nobody pass but who comes by a private endpoint', () => {
    expect(passages(closed)).toEqual(['notListed', 'notListed', 'passes']);
  });

  it('that name a subnet let pass who comes from it by its service endpoint, in whatever casing it is named', () => {
    expect(passages(listed)).toEqual(['notListed', 'passes', 'passes']);
  });

  it('that name an address do not let the same address pass from within a network', () => {
    const rules = { ...closed, ipRules: [{ value: '203.0.113.0/24' }, { value: '10.0.0.0/8' }, { value: 'nonsense' }] };
    expect(passages(rules)).toEqual(['passes', 'notListed', 'passes']);
  });

  it('that close public access leave the private endpoint alone open, whatever subnets they name', () => {
    expect(passages({ ...listed, publicNetworkAccess: 'Disabled' })).toEqual([
      'noConnection',
      'noConnection',
      'passes',
    ]);
    expect(passages({ ...listed, publicNetworkAccess: 'SecuredByPerimeter' })).toEqual([
      'noConnection',
      'noConnection',
      'passes',
    ]);
  });

  it.each(['AzureServices', 'Logging, AzureServices', undefined])(
    'with the bypass %s let a trusted service pass',
    (bypass) => {
      expect(passages({ ...closed, bypass, publicNetworkAccess: 'Disabled' }, true)).toEqual([
        'passes',
        'passes',
        'passes',
      ]);
    },
  );

  it('without the bypass shut a trusted service out, even from an address that they name', () => {
    const rules = { ...closed, bypass: 'None', ipRules: [{ value: PUBLIC.address }] };
    expect(mayPass(rules, PUBLIC, true)).toBe('notListed');
  });
});
