import { it } from '@jest/globals';
import { expectRevoked, revoke } from './revocation-story.ts';

/** The other kinds, and the other permission model, are in revocation.exhaustive.test.ts. */
it('never gives back what somebody took away on purpose and said so, and heals the same where nobody did', async () => {
  expectRevoked(await revoke('single', 'roles'));
});
