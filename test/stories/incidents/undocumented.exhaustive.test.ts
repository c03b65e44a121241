import { describe, expect, it } from 'vitest';
import { grantKeys } from '../../../local/cloud/worlds/pinned-key.ts';
import { productId, productKeyPermissions } from '../../../local/cloud/worlds/product.ts';
import { HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { principalOf } from '../../builders/breaking/find-subject.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { leastWrites } from '../../builders/breaking/least-writes.ts';
import { linksOf, NEEDS } from '../../builders/breaking/links.ts';
import { type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { writesOf } from '../../builders/breaking/write-names.ts';
import { isDown, productRequests, serves } from '../../builders/incident.ts';
import { worldState } from '../../builders/world/world-state.ts';
import { saidOfSubject } from '../said-of-subject.ts';
import { expectHealed, playSubsets } from './every-subset-story.ts';

const SETTINGS = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

/** Undocumented behaviour of Azure, in the other variant than in the other stories. */
describe('where Azure ignores', () => {
  it('a PATCH without change of a flexible server, all but that is healed, once, and a person is told the rest', async () => {
    const links = linksOf('flexible').filter((link) => link !== 'copyFresh' && link !== 'keyExpired');
    const subjects = subjectsOf(
      'flexible',
      'accessPolicies',
      links.map((link) => [link]),
    );
    const switches = { flexibleNoChangePatch: 'ignored' } as const;
    const app = await startApp({ world: worldOf(subjects), wake: 'sweep', settings: SETTINGS, switches });
    closeFirewalls(app.cloud.world, subjects);
    await app.pass(NEXT_SWEEP);
    for (const subject of subjects) breakLinks(app.cloud.world, subject);
    await app.pass(3 * HOUR);
    const sent = productRequests(app).filter(({ mutating }) => mutating);
    for (const subject of subjects) {
      expect([subject.links, [...writesOf(subject, sent)].sort()]).toEqual([subject.links, leastWrites(subject)]);
      expect(await saidOfSubject(app, subject)).toMatch(/: report; .*choose Revalidate/);
      expect(isDown(app, subject.name)).toBe(true);
    }
  });

  it('the key in a PATCH of a disk encryption set, its access is given back all the same', async () => {
    const switches = { diskSetPatchChecksKey: 'ignored' } as const;
    expectHealed(
      await playSubsets(
        'set',
        'roles',
        linksOf('set').map((link) => [link]),
        { switches },
      ),
    );
  });

  it('the model of a vault that it recovers, nobody is let in before a person lets the product see; then only who was', async () => {
    const [subject] = subjectsOf('single', 'roles', [['vaultDeleted']]) as [Subject];
    const switches = { recoverKeepsRbac: false };
    const app = await startApp({ world: worldOf([subject]), wake: 'sweep', settings: SETTINGS, switches });
    const { world } = app.cloud;
    await app.pass(NEXT_SWEEP);
    breakLinks(world, subject);
    await app.pass(2 * HOUR);
    const sent = () =>
      writesOf(
        subject,
        productRequests(app).filter(({ mutating }) => mutating),
      );
    expect(sent()).toEqual(['recover vault']);
    expect(await saidOfSubject(app, subject)).toMatch(/: report; .*permissionModelChanged.*az keyvault set-policy/);

    const product = world.entra.managedIdentity(productId)?.objectId ?? '';
    grantKeys(world, subject.vault, product, productKeyPermissions);
    await app.until('it serves again', () => serves(app, subject.name), 2 * HOUR);
    await app.pass(2 * NEXT_SWEEP);
    expect(sent()).toEqual(['recover vault', 'grant access', 'set key']);
    expect(worldState(world)['vaults']?.[subject.vault]).toMatchObject({
      enableRbacAuthorization: null,
      accessPolicies: {
        [principalOf(world, subject)]: { keys: [...NEEDS.single] },
        [product]: { keys: [...productKeyPermissions].sort() },
      },
    });
  });
});
