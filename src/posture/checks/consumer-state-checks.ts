import { hasImpact } from '../../remediation/model/findings.ts';
import type { Checks } from '../check.ts';
import type { PathFacts } from '../facts.ts';
import { fail, holds, type Judgement, judged, pass, unclear } from '../judgement.ts';

export const nothingHasImpact = ({ findings, consumer: { id } }: PathFacts): Judgement => {
  const harmful = findings.filter(
    (one) => hasImpact(one) && one.harm.some((harm) => harm.consumerId === id && harm.level !== 'none'),
  );
  return holds(
    harmful.length === 0,
    harmful.map(({ sentence }) => sentence).join(' ') || 'every link of its path holds',
  );
};

export const ready = ({ consumer: { state, name } }: PathFacts): Judgement =>
  judged(
    state,
    ({ state: is, raw }) =>
      is === 'unfamiliar' ? unclear(`${raw} is a state that no document lists`) : holds(is !== 'inaccessible', raw),
    () => fail(`${name} is gone`),
  );

/** Resource Health is a late signal. It is read only for a server that does not report to be ready. */
const healthKnown = (path: PathFacts): Judgement => {
  const { health, consumer } = path;
  if (ready(path).verdict === 'pass')
    return pass('ready, by its own word; Resource Health tells only after a refused connection');
  return judged(
    health,
    (state) => holds(state !== 'Unavailable', `Resource Health: ${state}`),
    () => unclear(`Resource Health does not know ${consumer.name}`),
  );
};

const rotationRuns = ({ consumer: { rotation }, resource }: PathFacts): Judgement =>
  judged(
    resource,
    ({ provisioningState = 'Succeeded' }) => {
      if (rotation?.error) return fail(`${rotation.error.code}: ${rotation.error.message}`);
      return holds(provisioningState === 'Succeeded', provisioningState);
    },
    () => fail('the set is gone'),
  );

export const CONSUMER_STATE_CHECKS = {
  rotationRuns: { judge: rotationRuns, page: 'autoKeyRotationFailed' },
  pathWhole: { judge: nothingHasImpact, page: 'consumerInaccessible' },
  consumerReady: { judge: ready, page: 'consumerInaccessible' },
  healthKnown: { judge: healthKnown, page: 'consumerInaccessible' },
} as const satisfies Checks<PathFacts>;
