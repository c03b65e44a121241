import type { VaultExtras } from '../facts.ts';
import { consumersOf } from '../pins.ts';
import { canRebuild, leftToHumans, rebuildableSettings, rebuildableSubscriptions } from '../rebuilding.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * Recovery brought the vault back without what hung on it. It harms as long as there is something of it that the product can
 * make again; what is left then is handed to a human.
 */
export const vaultNotRebuilt: Rule = ({ observation }) => {
  const { vault, notRebuilt } = observation;
  if (vault.kind !== 'present' || notRebuilt === undefined || notRebuilt.kind === 'absent') return [];
  const { id } = vault.value;
  const fault = { kind: 'vaultNotRebuilt', target: id.toLowerCase(), rows: ['S2.48'] } as const;
  if (notRebuilt.kind === 'unknown') {
    const sentence = `What the recovered vault ${id} has not got back could not be seen: ${notRebuilt.reason}.`;
    return [findingFor([], { ...fault, evidence: { reason: notRebuilt.reason }, sentence })];
  }
  const lost = Object.entries(countsIn(notRebuilt.value, observation)).filter(([, count]) => count > 0);
  if (lost.length === 0) return [];
  return [
    findingFor(canRebuild(notRebuilt.value) ? consumersOf(observation) : [], {
      ...fault,
      evidence: Object.fromEntries(lost),
      sentence: `Recovery did not bring back what hung on ${id}: ${lost.map(([what, count]) => `${count} of its ${what}`).join(', ')}.`,
    }),
  ];
};

const countsIn = (extras: VaultExtras, observation: Situation['observation']): Readonly<Record<string, number>> => {
  const left = leftToHumans(extras, observation);
  return {
    'event subscriptions': rebuildableSubscriptions(extras).length + left.eventSubscriptions.length,
    'diagnostic settings': rebuildableSettings(extras).length + left.diagnosticSettings.length,
    'role assignments': left.roleAssignments.length,
    locks: left.locks.length,
  };
};
