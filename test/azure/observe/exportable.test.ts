import { describe, expect, it } from 'vitest';
import { assessed } from '../../builders/assessed.ts';
import { closeFirewall, KEY, ORDERS, pinnedVersion, SINGLE } from '../orders.ts';
import { stage } from '../product.ts';

const sealed = async () => {
  const staged = await stage(ORDERS);
  const version = pinnedVersion(staged.cloud);
  version.releasePolicy = { data: 'e30', contentType: 'application/json; charset=utf-8' };
  return { ...staged, version };
};

describe('A key version with a release policy', () => {
  it.each([
    ['the data plane', () => undefined],
    ['the control plane, where the firewall shuts the product out', closeFirewall],
  ] as const)(
    'is told to be one that may leave its vault, and affects nobody by that, as %s shows it',
    async (_, shut) => {
      const { call, cloud, version } = await sealed();
      shut(cloud);
      const seen = await call('observeKey', KEY, { consumerIds: [SINGLE] });
      expect(seen.versions[version.version]).toMatchObject({ value: { isExportable: true } });
      const { findings, kind, notes } = assessed(seen);
      expect(findings.map((one) => one.kind)).toContain('keyExportable');
      expect([kind, notes?.join(' ')]).toEqual(['healthy', expect.stringContaining('az keyvault key show')]);
    },
  );
});
