import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import type { AlertInput } from '../../../src/loop/messages.ts';
import { hearAlert } from '../../../src/loop/wake/on-alert.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { MOST_HELD } from '../../../src/store/quarantine.ts';
import { useAzurite } from '../../builders/azurite.ts';

describe('A quarantine that is full', () => {
  const { newStore } = useAzurite();

  it('is told once, with the rule that sent last and where to look', async () => {
    const told: Notice[] = [];
    const guardian = { store: newStore(), notify: async (one: Notice) => void told.push(one) } as unknown as Guardian;
    const hear = (n: number) => {
      const id = n.toString(16).padStart(40, '0');
      const at = new Date(n * 1_000).toISOString();
      const alert = { at, why: 'it names no resource', schema: 'unknown', state: 'none', rule: 'noisy', text: '{}' };
      return hearAlert(guardian, async () => [], {} as Durable, { kind: 'held', id, alert } satisfies AlertInput);
    };
    for (let n = 0; n < MOST_HELD; n++) await hear(n);
    expect(told).toEqual([]);
    for (let n = MOST_HELD; n < MOST_HELD + 5; n++) await hear(n);
    expect(told.map(({ sentences }) => sentences.join())).toEqual([
      expect.stringMatching(/is full.*of the rule noisy: it names no resource\. `cmk-guardian alerts` lists them/),
    ]);
  });
});
