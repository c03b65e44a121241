import { describe, expect, it } from 'vitest';
import { messageEvent } from '../../src/notifications/channels/cloud-event.ts';
import { messageOf } from '../../src/notifications/message-of.ts';
import { withRunbooks } from '../../src/web/with-runbooks.ts';
import { findingsIn } from '../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays } from '../builders/observation.ts';
import { SAMPLES } from '../notifications/sample-notices.ts';

describe('A name of before says for one version what the new name says', () => {
  it('of the impact of a finding', () => {
    const expired = aVersion(undefined, { expiresOn: inDays(-1) });
    const [finding] = withRunbooks(findingsIn(anObservation([expired], [aSingleServer()])));
    expect(finding?.impact).toHaveLength(1);
    expect(finding?.harm).toEqual(finding?.impact);
  });

  it('of the members of a message as a CloudEvent', () => {
    const { data } = messageEvent(messageOf(SAMPLES.ask, { page: 'https://page' }), 'urn:test');
    const { impact, affected, alsoAffected, manual } = data;
    expect(data).toMatchObject({ harm: impact, alsoHarmed: alsoAffected, byHand: manual });
    expect(data.harmed).toEqual(affected.map(({ impact: harm, ...one }) => ({ ...one, harm })));
    expect(affected).toHaveLength(2);
  });
});
