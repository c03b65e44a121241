import { createHash } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { describe, expect, it } from 'vitest';
import { absent, present } from '../../src/remediation/model/facts.ts';
import { useAzurite } from '../builders/azurite.ts';

describe('backups of keys', () => {
  const storage = useAzurite();

  /** The commands of a person: az storage container create, az storage blob upload. */
  const upload = async (prefix: string, name: string, bytes: Uint8Array) => {
    const service = BlobServiceClient.fromConnectionString(storage.connectionString());
    const container = service.getContainerClient(`${prefix}-backups`);
    await container.createIfNotExists();
    await container.getBlockBlobClient(name).upload(bytes, bytes.length);
  };

  it('are found by vault and key, in whatever casing, with the hash of their content, and read byte by byte', async () => {
    const store = storage.newStore();
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await upload(storage.prefixOf(store), 'kv-orders/cmk', bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await store.backups.find('KV-Orders', 'CMK')).toEqual(present({ name: 'kv-orders/cmk', sha256 }));
    const read = await store.backups.read('kv-orders/cmk');
    expect(read.kind === 'present' && new Uint8Array(read.value)).toEqual(bytes);
  });

  it('are none where nobody has put one, with or without the container', async () => {
    const store = storage.newStore();
    expect(await store.backups.find('kv-orders', 'cmk')).toEqual(absent);
    expect(await store.backups.read('kv-orders/cmk')).toEqual(absent);
    await upload(storage.prefixOf(store), 'kv-orders/other', new Uint8Array([1]));
    expect(await store.backups.find('kv-orders', 'cmk')).toEqual(absent);
    expect(await store.backups.read('kv-orders/cmk')).toEqual(absent);
  });
});
