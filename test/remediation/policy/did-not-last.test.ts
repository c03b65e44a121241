import { describe, expect, it } from 'vitest';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { assessed, stepOf } from '../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, V1 } from '../../builders/observation.ts';

const down = aSingleServer('orders', { state: inaccessible });
const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);
const expired = anObservation([aVersion(V1, { expiresOn: inDays(-1) })], [down]);

const notesAfter = (
  observation: typeof disabled,
  kind: 'enableKey' | 'extendKeyExpiry' | 'revalidateConsumer',
  ...hoursAgo: readonly number[]
) => {
  const { stepId } = stepOf(assessed(observation), kind);
  const repairs = hoursAgo.map((hours) => ({ stepId, at: inDays(-hours / 24) }));
  const records: Partial<PolicyRecords> = { repairs, undoneBy: { [stepId]: 'It was bob.' } };
  const { notes, verdicts } = assessed(observation, { records });
  return { notes: notes.join(' '), why: JSON.stringify(verdicts) };
};

describe('A repair that is needed again within a day', () => {
  it('is named from the second time on, with how often, when, and who undoes it', () => {
    expect(notesAfter(disabled, 'enableKey').notes).toBe('');
    expect(notesAfter(disabled, 'enableKey', 2).notes).toContain(
      `was done once within a day, at ${inDays(-2 / 24)}, and is needed again: something undoes it, or it does not last. It was bob.`,
    );
    expect(notesAfter(disabled, 'enableKey', 5, 2).notes).toContain(
      `was done 2 times within a day, at ${inDays(-5 / 24)}, ${inDays(-2 / 24)}, and is needed again`,
    );
  });

  it('is named whatever the step, also one that only restores', () => {
    expect(notesAfter(expired, 'extendKeyExpiry', 2).notes).toMatch(/^"Extend the expiry of [^"]*[^".]" was done once/);
  });

  it('is named once: where it is stopped for that, the reason says the times', () => {
    const { notes, why } = notesAfter(disabled, 'enableKey', 9, 5, 2);
    expect(notes).not.toContain('needed again');
    expect(why).toContain(
      `It was done 3 times within a day, at ${[9, 5, 2].map((hours) => inDays(-hours / 24)).join(', ')}`,
    );
    expect(why).toContain('It was bob.');
  });

  it('is not named where Azure may only be slow to show it, or where it is a mere trial', () => {
    expect(notesAfter(disabled, 'enableKey', 0.05).notes).not.toContain('needed again');
    expect(notesAfter(anObservation([aVersion()], [down]), 'revalidateConsumer', 2).notes).not.toContain(
      'needed again',
    );
  });
});
