import { describe, expect, it } from 'vitest';
import { spoil } from '../../../local/cloud/spoil.ts';

const ONE = { id: '/a/servers/One', tags: { a: '1' }, properties: { state: 'Ready', keys: [{ id: '/a/keys/1' }] } };
const TWO = { ...ONE, id: '/a/servers/two' };

describe('an answer that is spoilt', () => {
  it('has other parts, and lacks some, in the resource that is meant alone', () => {
    const spoilt = spoil(
      { value: [ONE, TWO] },
      { of: '/SERVERS/one', put: { 'properties.state': 'Unheard', tags: null } },
    );
    expect(spoilt).toEqual({
      value: [{ ...ONE, tags: null, properties: { ...ONE.properties, state: 'Unheard' } }, TWO],
    });
    expect(JSON.parse(JSON.stringify(spoil(ONE, { of: '/keys/1', leaveOut: ['id'] })))).toEqual({
      ...ONE,
      properties: { state: 'Ready', keys: [{}] },
    });
  });

  it('is otherwise as it was: what is meant is not there, or has no such part', () => {
    expect(spoil(ONE, { of: '/servers/three', leaveOut: ['id'] })).toEqual(ONE);
    expect(spoil(ONE, { put: { 'identity.type.more': 1 }, leaveOut: ['sku.name'] })).toEqual(ONE);
    expect(spoil(undefined, { put: { id: 1 } })).toBeUndefined();
    expect(ONE.properties.state).toBe('Ready');
  });
});
