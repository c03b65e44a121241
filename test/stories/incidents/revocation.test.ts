import { it } from 'vitest';
import { expectRevoked, revoke, someCells } from './revocation-story.ts';

/** A sample; every link under every mark, of every kind, is in revocation.exhaustive.test.ts. */
it('never gives back what somebody took away on purpose and said so, and heals the same where nobody did', async () => {
  const everySecondLink = someCells('single').filter((_cell, at) => at % 4 < 2);
  expectRevoked(await revoke('single', 'roles', everySecondLink));
});
