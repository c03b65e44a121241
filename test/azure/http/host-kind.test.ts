import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOUDS } from '../../../src/azure/connection/clouds.ts';
import { hostKind } from '../../../src/azure/http/host-kind.ts';

const hostOf = (url: string): string => new URL(url).hostname;

describe.each(Object.entries(CLOUDS))('In the cloud %s a call counts for the kind of its host', (_name, cloud) => {
  it.each([
    ['management', hostOf(cloud.armEndpoint)],
    ['login', hostOf(cloud.loginEndpoint)],
    ['logs', hostOf(cloud.logsEndpoint)],
  ])('%s', (kind, host) => expect(hostKind(host)).toBe(kind));

  it('and never for the name of a vault or a topic, whatever it is', () => {
    const name = fc.oneof(
      fc.constantFrom('management', 'login', 'api'),
      fc.stringMatching(/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/),
    );
    fc.assert(
      fc.property(name, (chosen) => {
        expect(hostKind(`${chosen}.${hostOf(cloud.vaultResource)}`)).toBe('vault');
        expect(hostKind(`${chosen}.westeurope-1.${hostOf(cloud.eventGridResource)}`)).toBe('topic');
      }),
    );
  });
});

it('What nobody has thought of is one kind', () => {
  expect([hostKind('example.com'), hostKind('10.0.0.1'), hostKind('')]).toEqual(['other', 'other', 'other']);
});
