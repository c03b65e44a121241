import { describe, expect, it } from 'vitest';
import { probeEvents } from '../../../src/loop/schedule/probe-events.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { findingsIn } from '../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays, NOW, V1 } from '../../builders/observation.ts';
import { faultOfEvent } from '../../builders/valid-event.ts';

const ill = anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [aSingleServer('orders')]);
const AT = NOW.toISOString();
const found = { keyId: keyId(ill.key), findings: findingsIn(ill), recorded: '', recordedAt: AT };

describe('What a probe finds', () => {
  it('is told with the faults of the versions in use, and without any once they are well again', () => {
    const [[event, over] = []] = probeEvents(AT, [found, { ...found, findings: [], recorded: 'keyExpired' }]);
    expect([event, over].map((one) => one && faultOfEvent(one))).toEqual([undefined, undefined]);
    expect(event).toMatchObject({
      type: 'CmkGuardian.Probe.Found',
      subject: found.keyId,
      data: { faults: ['keyExpired'] },
    });
    expect(over?.data).toMatchObject({ faults: [] });
  });

  it('is one event until the next verdict, however often it is found', () => {
    const idAt = (at: string, recordedAt: string) => probeEvents(at, [{ ...found, recordedAt }])[0]?.[0]?.id;
    expect(idAt(inDays(1), AT)).toBe(idAt(AT, AT));
    expect(idAt(AT, inDays(1))).not.toBe(idAt(AT, AT));
  });

  it('goes out a hundred at a time', () => {
    expect(
      probeEvents(
        AT,
        Array.from({ length: 250 }, () => found),
      ).map(({ length }) => length),
    ).toEqual([100, 100, 50]);
    expect(probeEvents(AT, [])).toEqual([]);
  });
});
