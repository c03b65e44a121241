import { describe, expect, it } from '@jest/globals';
import { type Told, takenAway } from '../../../src/remediation/observation/taken-away.ts';
import { anAssignment, VAULT_ID } from '../../builders/vault-extras.ts';

const noted = [anAssignment('a'), anAssignment('b')];

const removed = (name: string, at: string): Told => ({
  at,
  operation: 'Microsoft.Authorization/roleAssignments/delete',
  resourceId: anAssignment(name).id.replace('resourceGroups', 'resourcegroups').toUpperCase(),
});
const deleted = (at: string): Told => ({ at, operation: 'Microsoft.KeyVault/vaults/delete', resourceId: VAULT_ID });
const written: Told = {
  at: '2026-01-01T00:30:00Z',
  operation: 'Microsoft.KeyVault/vaults/write',
  resourceId: VAULT_ID,
};

describe('a role assignment', () => {
  it('that went before the vault was deleted was taken away', () => {
    const log = [removed('a', '2026-01-01T00:10:00Z'), written, deleted('2026-01-01T01:00:00Z')];
    expect(takenAway(noted, log)).toEqual({ kind: 'present', value: [anAssignment('a')] });
  });

  it('that went with the vault, or after, was not', () => {
    const log = [deleted('2026-01-01T01:00:00Z'), removed('a', '2026-01-01T01:00:00Z')];
    expect(takenAway(noted, log)).toEqual({ kind: 'present', value: [] });
  });

  it('may have been taken away while the log does not show the deletion of the vault', () => {
    expect(takenAway(noted, [])).toMatchObject({ kind: 'unknown' });
    expect(takenAway(noted, [removed('a', '2026-01-01T00:10:00Z'), written])).toMatchObject({ kind: 'unknown' });
  });

  it('may have been anyone’s where nobody has noted it', () => {
    const log = [removed('given since', '2026-01-01T00:10:00Z'), deleted('2026-01-01T01:00:00Z')];
    expect(takenAway(noted, log)).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('anyone’s') });
  });

  it('that went between two deletions of the vault was taken away', () => {
    const log = [
      deleted('2026-01-01T00:05:00Z'),
      removed('b', '2026-01-01T00:40:00Z'),
      deleted('2026-01-01T01:00:00Z'),
    ];
    expect(takenAway(noted, log)).toEqual({ kind: 'present', value: [anAssignment('b')] });
  });
});
