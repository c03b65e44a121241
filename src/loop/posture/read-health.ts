import type { Fact, KeyObservation } from '../../remediation/model/facts.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { consumersOf } from '../../remediation/observation/pins.ts';
import type { Guardian } from '../guardian.ts';

/** Resource Health of the consumers that it checks and that do not report to be ready: one ARM call each. */
export const readHealth = async (
  { azure }: Guardian,
  observations: readonly KeyObservation[],
): Promise<ReadonlyMap<string, Fact<string>>> => {
  const ill = observations
    .flatMap(consumersOf)
    .filter(
      ({ kind, state }) => profileOf(kind).hasHealth && !(state.kind === 'present' && state.value.state === 'ready'),
    );
  const health = new Map<string, Fact<string>>();
  for (const { id } of ill) health.set(id.toLowerCase(), await azure.posture.health(id));
  return health;
};
