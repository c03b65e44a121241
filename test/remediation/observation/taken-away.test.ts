import { describe, expect, it } from 'vitest';
import { type LoggedWrite, partsTaken, takenAway } from '../../../src/remediation/observation/taken-away.ts';
import { anAssignment, VAULT_ID } from '../../builders/vault-dependents.ts';

const noted = [anAssignment('a'), anAssignment('b')];

const removed = (name: string, at: string): LoggedWrite => ({
  at,
  operation: 'Microsoft.Authorization/roleAssignments/delete',
  resourceId: anAssignment(name).id.replace('resourceGroups', 'resourcegroups').toUpperCase(),
});
const deleted = (at: string): LoggedWrite => ({
  at,
  operation: 'Microsoft.KeyVault/vaults/delete',
  resourceId: VAULT_ID,
});
const written: LoggedWrite = {
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

describe('once the vault is back', () => {
  const back: LoggedWrite = { ...written, at: '2026-01-01T01:10:00Z' };
  const log = [deleted('2026-01-01T01:00:00Z'), removed('a', '2026-01-01T01:05:00Z'), back];

  it('a role assignment that goes is taken away, as before the deletion', () => {
    expect(takenAway(noted, log)).toEqual({ kind: 'present', value: [] });
    expect(takenAway(noted, [...log, removed('b', '2026-01-01T01:20:00Z')])).toEqual({
      kind: 'present',
      value: [anAssignment('b')],
    });
  });

  it('one that nobody has noted may have been anyone’s', () => {
    expect(takenAway(noted, [...log, removed('given since', '2026-01-01T01:20:00Z')])).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('an event subscription or a diagnostic setting', () => {
  const gone = (type: string, name: string, at: string): LoggedWrite => ({
    at,
    operation: `${type}/delete`,
    resourceId: `${VAULT_ID}/providers/${type}/${name}`,
  });
  const setting = (at: string) => gone('microsoft.insights/diagnosticSettings', 'Audit', at);
  const subscription = (at: string) => gone('Microsoft.EventGrid/eventSubscriptions', 'guardian', at);
  const deletion = deleted('2026-01-01T01:00:00Z');

  it('was taken where it went before the vault, or once that was back', () => {
    const back: LoggedWrite = { ...written, at: '2026-01-01T01:10:00Z' };
    const log = [setting('2026-01-01T00:10:00Z'), deletion, back, subscription('2026-01-01T01:20:00Z')];
    expect(partsTaken(log)).toEqual({
      kind: 'present',
      value: [
        `${VAULT_ID}/providers/microsoft.insights/diagnosticsettings/audit`.toLowerCase(),
        `${VAULT_ID}/providers/microsoft.eventgrid/eventsubscriptions/guardian`.toLowerCase(),
      ],
    });
  });

  it('was not where it went with the vault, and may have been where the log does not show the deletion', () => {
    expect(partsTaken([deletion, setting('2026-01-01T01:00:00Z')])).toEqual({ kind: 'present', value: [] });
    expect(partsTaken([setting('2026-01-01T00:10:00Z')])).toMatchObject({ kind: 'unknown' });
  });
});
