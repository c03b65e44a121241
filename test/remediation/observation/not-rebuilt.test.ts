import { describe, expect, it } from 'vitest';
import { notRebuilt } from '../../../src/remediation/observation/not-rebuilt.ts';
import { anAssignment, anEventSubscription, aSetting, dependents } from '../../builders/vault-dependents.ts';

const full = dependents({
  roleAssignments: [anAssignment('a'), anAssignment('b')],
  eventSubscriptions: [anEventSubscription('guardian'), anEventSubscription('alerts')],
  diagnosticSettings: [aSetting('audit')],
  locks: [{ name: 'keep', level: 'CanNotDelete' }],
});

describe('what a recovered vault lacks', () => {
  it('is all of its snapshot where it came back bare, and nothing where all is there', () => {
    expect(notRebuilt(full, dependents())).toEqual(full);
    expect(notRebuilt(full, full)).toEqual(dependents());
  });

  it('is not what it has and the snapshot has not', () => {
    expect(notRebuilt(dependents(), full)).toEqual(dependents());
  });

  it('is not an assignment that was given again under another name or in another casing', () => {
    const [a] = full.roleAssignments;
    const again = { ...a, id: 'other', scope: a?.scope.toUpperCase(), principalId: a?.principalId.toUpperCase() };
    const now = dependents({ roleAssignments: [again as (typeof full.roleAssignments)[0]] });
    expect(notRebuilt(full, now).roleAssignments).toEqual([anAssignment('b')]);
  });

  it('is an assignment of the same person to another role or at another scope', () => {
    const others = [
      anAssignment('a', { roleDefinitionId: '/roles/owner' }),
      anAssignment('a', { scope: `${anAssignment('a').scope}/keys/k` }),
    ];
    expect(notRebuilt(full, dependents({ roleAssignments: others })).roleAssignments).toEqual(full.roleAssignments);
  });

  it('is not what is there under its name, though otherwise', () => {
    const changed = anEventSubscription('Guardian', { endpointType: 'StorageQueue' });
    const now = dependents({ eventSubscriptions: [changed] });
    expect(notRebuilt(full, now).eventSubscriptions).toEqual([anEventSubscription('alerts')]);
  });
});
