import { it } from 'vitest';
import { expectRevoked, revoke } from './revocation-story.ts';

it.each([
  ['single', 'accessPolicies'],
  ['single', 'roles'],
  ['flexible', 'accessPolicies'],
  ['set', 'roles'],
] as const)('never gives back what somebody took away on purpose and said so (%s, %s)', async (kind, model) => {
  expectRevoked(await revoke(kind, model));
});
