import { expect, it } from 'vitest';
import type { ConsumerKind } from '../../../src/remediation/model/profiles.ts';
import { assignIdentity } from '../../../src/remediation/steps/step-kinds/assign-identity.ts';

const PATCHES: readonly (readonly [ConsumerKind, string, string])[] = [
  ['mysqlSingleServer', 'Microsoft.DBforMySQL/servers', '2017-12-01'],
  ['mysqlFlexibleServer', 'Microsoft.DBforMySQL/flexibleServers', '2024-12-30'],
  ['diskEncryptionSet', 'Microsoft.Compute/diskEncryptionSets', '2025-01-02'],
];

it.each(PATCHES)(
  'an identity is taken away again by a PATCH, which writes nothing else of it: %s',
  (kind, type, version) => {
    const target = `/subscriptions/s/resourceGroups/data/providers/${type}/orders`;
    const step = { target, parameters: { consumerKind: kind } } as Parameters<typeof assignIdentity.undo>[0];
    expect(assignIdentity.undo(step)).toBe(
      'Take the identity away again, which takes the key from it: `az rest --method patch --url ' +
        `'${target}?api-version=${version}' --body '{"identity":{"type":"None"}}'\`.`,
    );
  },
);
