import { describe, expect, it } from 'vitest';
import { admit, EACH_MINUTE, type Lane, proven, TRIALS } from '../../../src/remediation/protocol/pace.ts';
import { assessed } from '../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inDays, V1 } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const COUNT = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const rootCauses = Array.from({ length: 6 }, (_, n) => ({
  cause: `https://v${n}.vault.azure.net/keys/k`,
  at: inDays(0),
}));

/** The deadline that policy gives the extension of key `n` while the fuse is blown (ISO 8601): the last of them ends first. */
const deadlineOf = (n: number): string => {
  const expiresOn = inDays((24 - n / COUNT) / 24);
  const observation = anObservation([aVersion(V1, { expiresOn, updatedOn: inDays(-300) })], [aSingleServer()]);
  const { verdicts } = assessed(observation, { records: { rootCauses }, policy: policyIn('auto') });
  const [first] = verdicts;
  if (first?.verdict !== 'run' || first.authority.kind !== 'policy')
    throw new Error(`key ${n} is not extended unasked`);
  return first.authority.pace?.deadline ?? '';
};

type Turn = { readonly n: number; readonly at: number };

/** All keys ask at once, and later each at its given time; a key that begins as a trial is seen healthy half a minute later. */
const play = (
  deadlines: readonly string[],
  startedAt: number,
): { readonly begun: readonly Turn[]; readonly asked: number } => {
  const begun: Turn[] = [];
  const untils = new Map<number, number>(deadlines.map((_, n) => [n, startedAt]));
  const looks: Turn[] = [];
  let lane: Lane | undefined;
  let asked = 0;
  while (untils.size > 0) {
    const now = Math.min(...untils.values(), ...looks.map(({ at }) => at));
    for (const { n } of looks.splice(0, looks.filter(({ at }) => at <= now).length))
      lane = proven(lane, [`step-${n}`], now) ?? lane;
    const due = [...untils].flatMap(([n, at]) => (at <= now ? [n] : []));
    for (const n of due) {
      const ahead = [...untils.keys()].filter((other) => other > n).length;
      const admission = admit(lane, { id: `step-${n}`, key: `key-${n}` }, ahead, now);
      lane = admission.lane;
      asked += 1;
      if (admission.kind === 'waiting') untils.set(n, Date.parse(admission.until));
      else {
        untils.delete(n);
        begun.push({ n, at: now });
        if (begun.length <= TRIALS) looks.push({ n, at: now + MINUTE / 2 });
      }
    }
  }
  return { begun, asked };
};

describe('A thousand keys that end within a day, in the same hour, while the fuse is blown', () => {
  it('are extended in the order of their deadlines, five first and then ten a minute, each long before its own', () => {
    const deadlines = Array.from({ length: COUNT }, (_, n) => deadlineOf(n));
    const startedAt = Date.parse(inDays(0));
    const { asked, begun } = play(deadlines, startedAt);
    expect(new Set(begun.map(({ n }) => n)).size).toBe(COUNT);
    expect(
      begun
        .slice(0, TRIALS)
        .map(({ n }) => n)
        .toSorted(),
    ).toEqual([995, 996, 997, 998, 999]);
    const inAMinute = begun.map(({ at }) => begun.filter((one) => one.at > at - MINUTE && one.at <= at).length);
    expect(Math.max(...inAMinute)).toBe(EACH_MINUTE);
    expect((begun.at(-1)?.at ?? 0) - startedAt).toBeLessThan(2 * HOUR);
    for (const { n, at } of begun) expect(at).toBeLessThan(Date.parse(deadlines[n] ?? '') - 20 * HOUR);
    expect(asked).toBeLessThan(20 * COUNT);
  });
});
