import { consumersOf } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The vault uses another permission model than the baseline: grants under the former model count no more. The product never
 * switches the model back.
 */
export const permissionModelChanged: Rule = ({ observation, known }) => {
  const { vault } = observation;
  const was = known.baseline?.vault.permissionModel;
  if (vault.kind !== 'present' || was === undefined || was === vault.value.permissionModel) return [];
  const { id, permissionModel: now } = vault.value;
  return [
    findingFor(consumersOf(observation), {
      kind: 'permissionModelChanged',
      target: id.toLowerCase(),
      evidence: { was, now },
      rows: ['S1.19', 'S2.29'],
      sentence: `The vault ${id} takes ${now === 'rbac' ? 'role assignments instead of access policies' : 'access policies instead of role assignments'} since its last healthy state.`,
    }),
  ];
};
