import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { rememberAsked } from '../../../src/loop/memory/remember-asked.ts';
import { openSendNotices } from '../../../src/loop/schedule/send-notices.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { HOUR, MINUTE } from '../../builders/durations.ts';
import { NOW } from '../../builders/observation.ts';

beforeAll(() => {
  vi.useFakeTimers({
    now: NOW,
    toNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

const NEVER_DUE = { nextDue: (after: Date) => new Date(after.getTime() + 1_000 * HOUR) };
const CAUSE = 'accessMissing /subscriptions/s/vaults/kv';

describe('What was asked and nobody has answered', () => {
  const storage = useAzurite();

  const asked = async (keys: number) => {
    const store = storage.newStore();
    const told: Notice[] = [];
    const guardian = {
      store,
      settings: { hasWebhook: true, summarySchedule: NEVER_DUE },
      notify: async (notice: Notice) => void told.push(notice),
      notifyAgain: async () => [],
      warn: () => undefined,
    } as unknown as Guardian;
    vi.setSystemTime(NOW);
    for (let n = 0; n < keys; n++) await store.toldCauses.join(CAUSE, { keyId: `key-${n}`, planId: `plan-${n}` });
    const notice = { keyId: 'key-0', verdict: 'ask', at: NOW.toISOString(), sentences: ['Give it back.'] };
    await rememberAsked(guardian, notice, [CAUSE, 'another']);
    const at = async (hours: number): Promise<readonly Notice[]> => {
      vi.setSystemTime(NOW.getTime() + hours * HOUR);
      told.splice(0);
      await openSendNotices(guardian)();
      return [...told];
    };
    return { store, guardian, at };
  };

  it('is repeated as one message for all keys that wait for it, with their plans', async () => {
    const { at } = await asked(14);
    expect(await at(0.9)).toEqual([]);
    const [message, ...others] = await at(1);
    expect(others).toEqual([]);
    expect(message?.sentences[0]).toMatch(/^Asked on .*: 14 keys wait for an answer to \/api\/plans\/plan-/);
    expect(message?.sentences[0]).toMatch(
      /, and 4 more, which GET \/api\/reconciliations lists \(with a function key [^)]*\)\. A person .* says yes by cmk-guardian approve <number>/,
    );
    expect(message?.sentences[1]).toBe('Give it back.');
    expect(await at(5.9)).toEqual([]);
    expect(await at(6.1)).toHaveLength(1);
    expect(await at(24)).toHaveLength(1);
    expect(await at(100)).toEqual([]);
  });

  it('is repeated for those alone that still wait, and not where none does', async () => {
    const { store, at } = await asked(2);
    await store.toldCauses.join(CAUSE, { keyId: 'key-0' });
    expect((await at(1))[0]).toMatchObject({ keyId: 'key-1', planId: 'plan-1' });
    await store.toldCauses.leave(CAUSE, 'key-1');
    expect(await at(6)).toEqual([]);
    expect(await at(24)).toEqual([]);
  });

  it('fails no sweep, whatever storage does', async () => {
    const lines: string[] = [];
    const reminders = { due: () => Promise.reject(new Error('no storage')) };
    const guardian = {
      store: { reminders, beats: { read: async () => ({ summary: { at: NOW.toISOString() } }) } },
      settings: { hasWebhook: true, summarySchedule: NEVER_DUE },
      warn: (line: string) => lines.push(line),
    };
    expect(await openSendNotices(guardian as unknown as Guardian)()).toBe(0);
    expect(lines).toEqual(['messages could not be sent again: Error; the next sweep tries it']);
  });

  it('says what it was that failed', async () => {
    const lines: string[] = [];
    const guardian = {
      store: { beats: { read: () => Promise.reject(new Error('no storage')) } },
      settings: { hasWebhook: false, hasTopic: true, summarySchedule: NEVER_DUE },
      publishAgain: () => Promise.reject(new Error('no storage')),
      warn: (line: string) => lines.push(line),
    };
    expect(await openSendNotices(guardian as unknown as Guardian)()).toBe(0);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'events could not be sent again',
      'the summary of the week could not be made',
    ]);
  });

  it('counts what was given up, and enters it in the chain of the product', async () => {
    const { store, guardian } = await asked(0);
    const notice = { keyId: 'key-0', verdict: 'ask', at: NOW.toISOString(), sentences: [] };
    vi.setSystemTime(NOW.getTime() + MINUTE);
    expect(await openSendNotices({ ...guardian, notifyAgain: async () => [notice] })()).toBe(1);
    const { detail } = (await store.ledger.recent('product', 1))[0] ?? {};
    expect(detail).toMatchObject({ what: 'a message was given up after a day', detail: { key: 'key-0' } });
  });
});
