import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { KEY_NAME, type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { serves } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const [OURS] = subjectsOf('flexible', 'roles', [['vaultDeleted']]) as [Subject];
const TAGS = { 'cmk-guardian:do-not-heal': 'never' };
const PLACE = { subscription: subscriptionId, group: 'data' };

/** The vault comes back, and the owner's server with it, in spite of the strangers' marks. */
export const marksOfStrangers: Attack = {
  item: '5',
  sentence:
    'a contributor tags sets bound to our key, to a key that there is none of, and to a Managed HSM, and the vault goes',
  plan: { world: worldOf([OURS]), wake: 'sweep', settings: { GUARDIAN_AUTO_REVERSE: 'all' } },
  play: async (app) => {
    const { compute, keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const keyUrl = keyVault.key(OURS.vault, KEY_NAME)?.versions.at(-1)?.kid ?? '';
    compute.addSet({ ...PLACE, name: 'strange-ours', keyUrl, tags: TAGS });
    compute.addSet({ ...PLACE, name: 'strange-none', keyUrl: keyUrl.replace(`/${KEY_NAME}/`, '/none/'), tags: TAGS });
    const elsewhere = compute.addSet({ ...PLACE, name: 'strange-hsm', keyUrl, tags: TAGS });
    elsewhere.activeKey.keyUrl = keyUrl.replace('.vault.azure.net', '.managedhsm.azure.net');
    await app.pass(2 * NEXT_SWEEP);
    breakLinks(app.cloud.world, OURS);
    const writes = await writesDuring(app, () => app.pass(HOUR));
    const forStrangers = writes.filter((write) => /strange/.test(write));
    return outcome(
      { writes: forStrangers, verdict: await verdictOn(app, OURS.vault) },
      {
        'the vault is recovered': keyVault.vault(OURS.vault) !== undefined,
        'our server serves again': serves(app, OURS.name),
        'nothing is written to a stranger': forStrangers.length === 0,
      },
    );
  },
};
