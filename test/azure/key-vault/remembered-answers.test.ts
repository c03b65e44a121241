import { describe, expect, it } from 'vitest';
import { rememberingAnswers } from '../../../src/azure/key-vault/remembered-answers.ts';

const TENANT = '00000000-0000-4000-8000-000000000077';

const asking = (answer: () => Promise<{ tenantId?: string } | undefined>) => {
  const asked: string[] = [];
  const answers = rememberingAnswers((host) => {
    asked.push(host);
    return answer();
  });
  return { asked, answers };
};

describe('The hosts of vaults that were never seen in scope', () => {
  it('are asked once each, and so many at most, also where all looks ask at the same moment', async () => {
    const { answers, asked } = asking(async () => ({ tenantId: TENANT }));
    const hosts = Array.from({ length: 2_000 }, (_, n) => `strange-${n % 1_000}.vault.azure.net`);
    const told = await Promise.all(hosts.map(answers));
    expect(asked).toHaveLength(500);
    expect(new Set(asked).size).toBe(500);
    expect(told.filter((one) => one?.tenantId === TENANT)).toHaveLength(1_000);
  });

  it('fail no look: what does not answer says nothing, and is not asked again at once', async () => {
    const { answers, asked } = asking(() => Promise.reject(new Error('ETIMEDOUT')));
    expect(await answers('strange.vault.azure.net')).toBeUndefined();
    expect(await answers('strange.vault.azure.net')).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});
