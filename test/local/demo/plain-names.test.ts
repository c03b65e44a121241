import { describe, expect, it } from 'vitest';
import { plainNames } from '../../../local/demo/plain-names.ts';

const version = 'a61d1a060475481a8d65a8549f415f43';

describe('names for a reader', () => {
  it('calls a key version by its name and the beginning of its version', () => {
    expect(plainNames(`https://kv-orders.vault.azure.net/keys/cmk/${version} expired.`)).toBe(
      'cmk (version a61d1a06) expired.',
    );
  });

  it('calls a key by its name', () => {
    expect(plainNames('Look at https://kv-orders.vault.azure.net/keys/cmk.')).toBe('Look at cmk.');
  });

  it('calls a resource by its name, whatever the casing of its id', () => {
    const id = '/subscriptions/b16afcc5-ad75-48b4-8e7e-6f5787a4360d/resourceGroups/data/providers/Microsoft.DBforMySQL';
    expect(plainNames(`Revalidate ${id}/servers/orders with it`)).toBe('Revalidate orders with it');
    expect(plainNames(`${id.toLowerCase()}/servers/orders/keys/kv_cmk_1, gone`)).toBe('kv_cmk_1, gone');
  });

  it('says instants to the second', () => {
    expect(plainNames('until 2027-01-01T00:08:30.000Z')).toBe('until 2027-01-01T00:08:30Z');
  });

  it('leaves a command as it must be run', () => {
    const id =
      '/subscriptions/b16afcc5-ad75-48b4-8e7e-6f5787a4360d/resourceGroups/data/providers/Microsoft.KeyVault/vaults/kv';
    const command = `\`az eventgrid event-subscription list --source-resource-id ${id}\``;
    expect(plainNames(`${id} lacks this: ${command}, and ${id} that.`)).toBe(`kv lacks this: ${command}, and kv that.`);
  });

  it('leaves other text alone', () => {
    const text = 'Mode approve asks before every step; PT10M is not touched, nor is /api/plans.';
    expect(plainNames(text)).toBe(text);
  });
});
