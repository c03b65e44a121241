import { BlobServiceClient } from '@azure/storage-blob';
import { describe, expect, it } from '@jest/globals';
import { absent, present } from '../../src/remediation/model/facts.ts';
import { useAzurite } from '../builders/azurite.ts';

describe('backups of keys', () => {
  const storage = useAzurite();

  /** What a human does: az storage container create, az storage blob upload. */
  const upload = async (prefix: string, name: string, bytes: Uint8Array) => {
    const service = BlobServiceClient.fromConnectionString(storage.connectionString());
    const container = service.getContainerClient(`${prefix}-backups`);
    await container.createIfNotExists();
    await container.getBlockBlobClient(name).upload(bytes, bytes.length);
  };

  it('are found by vault and key, in whatever casing, and read byte by byte', async () => {
    const store = storage.newStore();
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await upload(storage.prefixOf(store), 'kv-orders/cmk', bytes);
    expect(await store.backups.nameOf('KV-Orders', 'CMK')).toEqual(present('kv-orders/cmk'));
    const read = await store.backups.read('kv-orders/cmk');
    expect(read.kind === 'present' && new Uint8Array(read.value)).toEqual(bytes);
  });

  it('are none where nobody has put one, with or without the container', async () => {
    const store = storage.newStore();
    expect(await store.backups.nameOf('kv-orders', 'cmk')).toEqual(absent);
    expect(await store.backups.read('kv-orders/cmk')).toEqual(absent);
    await upload(storage.prefixOf(store), 'kv-orders/other', new Uint8Array([1]));
    expect(await store.backups.nameOf('kv-orders', 'cmk')).toEqual(absent);
    expect(await store.backups.read('kv-orders/cmk')).toEqual(absent);
  });
});
