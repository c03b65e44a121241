import type { GuardianEvent } from '../../notifications/event-data.ts';
import { faultOf } from '../../remediation/model/faults.ts';
import type { Finding } from '../../remediation/model/findings.ts';
import { eventOf, few } from '../event-of.ts';

/** A key whose state, as the probe found it, differs from its last verdict. */
export type Found = {
  readonly keyId: string;
  readonly findings: readonly Finding[];
  /**
   * The faults in the last verdict, and when that verdict was recorded (ISO 8601): until the next verdict, the same
   * difference is the same event.
   */
  readonly recorded: string;
  readonly recordedAt: string;
};

/** The most events in one request. */
const TOGETHER = 100;

const eventOn = (at: string, { keyId, findings, recorded, recordedAt }: Found): GuardianEvent => {
  const faults = [...new Set(findings.flatMap(({ kind }) => (faultOf(kind).showsInVersions ? [kind] : [])))].toSorted();
  const what = ['found', recordedAt, recorded, ...faults].join('\n');
  return eventOf('CmkGuardian.Probe.Found', { keyId, what, at }, { key: keyId, faults: few(faults) });
};

/** The events of a probe for the product's topic, grouped in requests. `at`: the time of the probe (ISO 8601). */
export const probeEvents = (at: string, found: readonly Found[]): readonly (readonly GuardianEvent[])[] => {
  const events = found.map((one) => eventOn(at, one));
  return Array.from({ length: Math.ceil(events.length / TOGETHER) }, (_, n) =>
    events.slice(n * TOGETHER, (n + 1) * TOGETHER),
  );
};
