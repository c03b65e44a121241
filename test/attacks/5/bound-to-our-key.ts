import { breakLinks } from '../../builders/breaking/break-link.ts';
import { addStrangers } from '../../builders/breaking/strangers.ts';
import { type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { serves } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import { worldState } from '../../builders/world/world-state.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const [OURS] = subjectsOf('flexible', 'accessPolicies', [['accessRemoved']]) as [Subject];

/** The product gives access back to the owner's server, and to no other consumer. */
export const boundToOurKey: Attack = {
  item: '5',
  sentence: 'a contributor binds servers, a disk encryption set and false copies to our key while our server loses it',
  plan: { world: worldOf([OURS]), wake: 'sweep', settings: { GUARDIAN_AUTO_REVERSE: 'all' } },
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const strangers = addStrangers(app.cloud.world, OURS);
    breakLinks(app.cloud.world, OURS);
    const writes = await writesDuring(app, () => app.pass(2 * HOUR));
    const forStrangers = writes.filter((write) => /strange/.test(write));
    const { assignments, vaults } = worldState(app.cloud.world);
    const access = JSON.stringify([assignments, vaults]);
    const letIn = strangers.filter(({ principalId }) => principalId !== '' && access.includes(principalId));
    return outcome(
      { writes: forStrangers, verdict: await verdictOn(app, OURS.vault) },
      {
        'nothing is written to a stranger': forStrangers.length === 0,
        'no stranger is let in': letIn.length === 0,
        'our server serves again': serves(app, OURS.name),
      },
    );
  },
};
