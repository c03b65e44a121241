import { newerVersion } from '../../observation/newer-version.ts';
import { readPins } from '../../observation/pins.ts';
import { followsKey } from '../../observation/versions-in-use.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * A newer version could be used instead of the pinned one. A consumer that names no version is left out: Azure moves it to the
 * newest version.
 */
export const consumerPinnedToOldVersion: Rule = ({ observation, now }) =>
  readPins(observation).flatMap(({ version, kid, facts, consumers }) => {
    const newer = newerVersion(facts, observation, now);
    const pinning = consumers.filter((one) => one.use !== 'previous' && !followsKey(one));
    if (newer === undefined || pinning.length === 0) return [];
    return [
      findingFor(pinning, {
        kind: 'consumerPinnedToOldVersion',
        target: kid,
        evidence: { version, current: newer.version },
        rows: ['S2.9', 'S2.60'],
        sentence: `${pinning.map(({ name }) => name).join(', ')} still uses ${kid}, and ${newer.kid} is newer.`,
      }),
    ];
  });
