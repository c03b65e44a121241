import { consumersOf } from '../../observation/pins.ts';
import { type Rebuilding, rebuildingOf } from '../../steps/rebuilding.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * A recovered vault has not got back the resources that depended on it. The finding has impact as long as the product can make some
 * of them again; the rest is left to a person.
 */
export const vaultNotRebuilt: Rule = ({ known, observation }) => {
  const { vault, notRebuilt } = observation;
  if (vault.kind !== 'present' || notRebuilt === undefined || notRebuilt.kind === 'absent') return [];
  const { id } = vault.value;
  const fault = { kind: 'vaultNotRebuilt', target: id.toLowerCase(), rows: ['S2.48'] } as const;
  if (notRebuilt.kind === 'unknown') {
    const sentence = `What the recovered vault ${id} has not got back could not be seen: ${notRebuilt.reason}.`;
    return [findingFor([], { ...fault, evidence: { reason: notRebuilt.reason }, sentence })];
  }
  const rebuilding = rebuildingOf(notRebuilt.value, observation, known, known.attempts);
  const lost = Object.entries(countsIn(rebuilding)).filter(([, count]) => count > 0);
  if (lost.length === 0) return [];
  return [
    findingFor(rebuilding.specs.length > 0 ? consumersOf(observation) : [], {
      ...fault,
      evidence: Object.fromEntries(lost),
      sentence: `Recovery did not bring back what hung on ${id}: ${lost.map(([what, count]) => `${count} of its ${what}`).join(', ')}.`,
    }),
  ];
};

const countsIn = ({ left, specs }: Rebuilding): Readonly<Record<string, number>> => {
  const ours = (step: string): number => specs.filter(({ kind }) => kind === step).length;
  return {
    'event subscriptions': ours('rebuildEventSubscription') + left.eventSubscriptions.length,
    'diagnostic settings': ours('rebuildDiagnosticSetting') + left.diagnosticSettings.length,
    'role assignments': left.roleAssignments.length,
    locks: left.locks.length,
  };
};
