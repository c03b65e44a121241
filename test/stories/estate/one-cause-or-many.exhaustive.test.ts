import { describe, expect, it } from 'vitest';
import { HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { writes } from '../../builders/incident.ts';
import { loseVault, verdicts } from './one-cause-story.ts';

/** More keys than the fuse allows with causes of their own. */
const KEYS = 6;

describe('a vault with six keys in use that is deleted', () => {
  it.each(['accessPolicies', 'roles'] as const)(
    'is one cause: recovered once, and every server healed without asking (%s)',
    async (model) => {
      await loseVault(KEYS, model);
    },
  );
});

describe('half the keys of many vaults', () => {
  it('that fall ill for reasons of their own are a systemic cause: all of them ask', async () => {
    const ill = [
      ['keyDeleted'],
      ['keyDisabled'],
      ['vaultDeleted'],
      ['keyExpired', 'keyDeleted'],
      ['vaultDeleted', 'keyExpired'],
      ['keyDeleted'],
    ] as const;
    const subjects = subjectsOf('single', 'accessPolicies', [...ill, ...ill.map(() => [])]);
    const app = await startApp({ world: worldOf(subjects), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    for (const subject of subjects) breakLinks(app.cloud.world, subject);
    await app.pass(HOUR);
    expect((await verdicts(app)).filter((verdict) => verdict === 'ask')).toHaveLength(ill.length);
    expect(writes(app)).toEqual([]);
  });
});
