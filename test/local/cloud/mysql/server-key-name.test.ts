import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverKeyName } from '../../../../local/cloud/mysql/server-key-name.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z0-9]$/);
const version = fc.stringMatching(/^[0-9a-f]{32}$/);

describe('the name of a server key', () => {
  it('is vault, key and version of the key id, joined by underscores', () => {
    fc.assert(
      fc.property(name, name, version, (vault, key, v) => {
        expect(serverKeyName(`https://${vault}.vault.azure.net/keys/${key}/${v}`)).toBe(`${vault}_${key}_${v}`);
      }),
    );
  });

  it('does not exist for a key id without version, or for anything that is not a key id', () => {
    fc.assert(
      fc.property(name, name, (vault, key) => {
        expect(serverKeyName(`https://${vault}.vault.azure.net/keys/${key}`)).toBeUndefined();
        expect(serverKeyName(`https://${vault}.vault.azure.net/secrets/${key}/1`)).toBeUndefined();
      }),
    );
  });
});
