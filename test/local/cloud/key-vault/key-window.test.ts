import { describe, expect, it } from 'vitest';
import { aVault, DAY, refusal } from './vault-cloud.ts';

/** A service with nothing but wrapKey and unwrapKey, so that the SDK cannot do the work itself. */
const aServiceWith = async () => {
  const cloud = await aVault();
  const { world, vault, keys, cryptoAs } = cloud;
  const service = world.entra.createServicePrincipal({ name: 'service' });
  const permissions = { keys: ['wrapKey', 'unwrapKey'] };
  world.keyVault.changePolicies(vault.name, 'add', [
    { tenantId: world.entra.tenantId, objectId: service.objectId, permissions },
  ]);
  const { id: kid = '' } = await keys.createRsaKey('cmk');
  return { ...cloud, kid, crypto: cryptoAs(service, kid), service };
};

const dataKey = Buffer.from('0123456789abcdef0123456789abcdef');

describe('a version of a key', () => {
  it.each(['RSA-OAEP', 'RSA-OAEP-256'] as const)('wraps a data key with %s and gives it back', async (algorithm) => {
    const { crypto, kid } = await aServiceWith();
    const wrapped = await crypto.wrapKey(algorithm, dataKey);
    expect(wrapped).toMatchObject({ keyID: kid });
    expect(Buffer.from(wrapped.result).equals(dataKey)).toBe(false);
    const { result } = await crypto.unwrapKey(algorithm, wrapped.result);
    expect(Buffer.from(result)).toEqual(dataKey);
  });

  it('does not unwrap what another version has wrapped', async () => {
    const { crypto, keys, cryptoAs, service } = await aServiceWith();
    const { result } = await crypto.wrapKey('RSA-OAEP', dataKey);
    const next = await keys.rotateKey('cmk');
    const other = cryptoAs(service, next.id ?? '');
    await expect(other.unwrapKey('RSA-OAEP', result)).rejects.toMatchObject(refusal(400, 'BadParameter'));
  });

  it('that has expired still unwraps, but wraps nothing new until its expiry is extended', async () => {
    const { crypto, keys, advance, later } = await aServiceWith();
    await keys.updateKeyProperties('cmk', { expiresOn: later(DAY) });
    const { result: wrapped } = await crypto.wrapKey('RSA-OAEP', dataKey);
    await advance(DAY);
    await expect(crypto.wrapKey('RSA-OAEP', dataKey)).rejects.toMatchObject(refusal(403, 'Forbidden', 'KeyExpired'));
    expect(Buffer.from((await crypto.unwrapKey('RSA-OAEP', wrapped)).result)).toEqual(dataKey);
    await keys.updateKeyProperties('cmk', { expiresOn: later(DAY) });
    await expect(crypto.wrapKey('RSA-OAEP', dataKey)).resolves.toBeDefined();
  });

  it('that is not yet valid wraps from its first second on', async () => {
    const { crypto, keys, advance, later } = await aServiceWith();
    await keys.updateKeyProperties('cmk', { notBefore: later(DAY) });
    await expect(crypto.wrapKey('RSA-OAEP', dataKey)).rejects.toMatchObject(
      refusal(403, 'Forbidden', 'KeyNotYetValid'),
    );
    await advance(DAY);
    await expect(crypto.wrapKey('RSA-OAEP', dataKey)).resolves.toBeDefined();
  });

  it('that is disabled does nothing at all', async () => {
    const { crypto, keys } = await aServiceWith();
    const { result: wrapped } = await crypto.wrapKey('RSA-OAEP', dataKey);
    await keys.updateKeyProperties('cmk', { enabled: false });
    const disabled = refusal(403, 'Forbidden', 'KeyDisabled');
    await expect(crypto.wrapKey('RSA-OAEP', dataKey)).rejects.toMatchObject(disabled);
    await expect(crypto.unwrapKey('RSA-OAEP', wrapped)).rejects.toMatchObject(disabled);
  });
});
