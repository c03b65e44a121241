import { describe, it } from 'vitest';
import { loseVault } from './one-cause-story.ts';

describe('a vault with fifty keys in use that is deleted', () => {
  it.each(['accessPolicies', 'roles'] as const)(
    'is one cause: recovered once, and every server healed without asking (%s)',
    async (model) => {
      await loseVault(50, model);
    },
  );
});
