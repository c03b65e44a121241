import { describe, expect, it } from 'vitest';
import { kindsIn } from '../../builders/assessed.ts';
import { FLEXIBLE, KEY, ORDERS } from '../orders.ts';
import { stage } from '../product.ts';

describe('A key version on a curve', () => {
  it('is seen as what it is, and said to fit no server that names it', async () => {
    const { call, cloud } = await stage(ORDERS);
    const { keyVault, mysql } = cloud.world;
    const { kid, version } = keyVault.createKey('kv-orders', 'cmk', { kty: 'EC' });
    const encryption = mysql.servers.flexible(FLEXIBLE)?.dataEncryption;
    if (!encryption) throw new Error('there is no such server');
    encryption.primaryKeyURI = kid;
    const seen = await call('observeKey', KEY, { consumerIds: [FLEXIBLE] });
    expect(seen.versions[version]).toMatchObject({ value: { keyType: 'EC', operations: ['sign', 'verify'] } });
    expect(seen.versions[version]).not.toHaveProperty('value.keySize');
    expect(kindsIn(seen)).toEqual(expect.arrayContaining(['keyCannotUnwrap', 'keyTypeUnsupported']));
  });
});
