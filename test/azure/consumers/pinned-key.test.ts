import { describe, expect, it } from 'vitest';
import { pinnedKey } from '../../../src/azure/consumers/pinned-key.ts';
import { KEY, kidOf, V1 } from '../../builders/observation.ts';

const KEY_ID = `https://${KEY.host}/keys/${KEY.name}`;

describe('The key that a resource names', () => {
  it('is of the version in its id', () => {
    const pinned = { key: KEY, version: V1, kid: kidOf(V1) };
    expect(pinnedKey({ names: 'always' }, kidOf(V1))).toEqual(pinned);
    expect(pinnedKey({ names: 'optional', lag: 'PT1H' }, kidOf(V1))).toEqual(pinned);
  });

  it('is of the version that the resource states beside it, where it names none', () => {
    expect(pinnedKey({ names: 'never' }, KEY_ID, V1)).toEqual({ key: KEY, version: V1, kid: KEY_ID });
  });

  it('is of an unknown version, with the lag that Azure documents, where nothing states one', () => {
    const reason = expect.stringContaining(KEY_ID);
    expect(pinnedKey({ names: 'optional', lag: 'PT1H' }, KEY_ID)).toEqual({
      key: KEY,
      version: { kind: 'unknown', reason, lag: 'PT1H' },
      kid: KEY_ID,
    });
    expect(pinnedKey({ names: 'never' }, KEY_ID)?.version).toEqual({ kind: 'unknown', reason });
  });

  it('is of a version that nobody can tell, and not the current one, where its kind has to name one and does not', () => {
    expect(pinnedKey({ names: 'always' }, KEY_ID)?.version).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('set the key with its version'),
      isOwed: true,
    });
  });

  it('is none where it names no key', () => {
    expect(pinnedKey({ names: 'optional' }, 'https://contoso.vault.azure.net/secrets/cmk')).toBeUndefined();
  });
});
