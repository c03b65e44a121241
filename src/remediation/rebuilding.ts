import type { Json } from './canonical.ts';
import type { DiagnosticSettingFacts, EventSubscriptionFacts, KeyObservation, VaultExtras } from './facts.ts';
import { consumersOf } from './pins.ts';

/** A diagnostic setting that the product needs itself, by its name; those of others are theirs to make again. */
const OWN = /guardian/i;

/** Event subscriptions that can be made again: nobody can read the secret of one that does not end at a resource. */
export const rebuildableSubscriptions = ({
  eventSubscriptions,
}: VaultExtras): readonly (EventSubscriptionFacts & { readonly body: Json })[] =>
  eventSubscriptions.flatMap((one) => (one.body === undefined ? [] : [{ ...one, body: one.body }]));

export const rebuildableSettings = ({ diagnosticSettings }: VaultExtras): readonly DiagnosticSettingFacts[] =>
  diagnosticSettings.filter(({ name }) => OWN.test(name));

export const canRebuild = (extras: VaultExtras): boolean =>
  rebuildableSubscriptions(extras).length + rebuildableSettings(extras).length > 0;

/** What is left to those whose it was. What the consumers of the key had is given back to them by itself, or is a finding. */
export const leftToHumans = (extras: VaultExtras, observation: KeyObservation): VaultExtras => {
  const principals = consumersOf(observation).flatMap(({ principalId }) =>
    principalId.kind === 'present' ? [principalId.value] : [],
  );
  return {
    roleAssignments: extras.roleAssignments.filter((one) => !principals.includes(one.principalId.toLowerCase())),
    eventSubscriptions: extras.eventSubscriptions.filter(({ body }) => body === undefined),
    diagnosticSettings: extras.diagnosticSettings.filter(({ name }) => !OWN.test(name)),
    locks: extras.locks,
  };
};
