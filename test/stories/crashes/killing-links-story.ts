/** One server with most links of its access path broken at once: every step of its repair is killed once. */
import { expect } from 'vitest';
import type { App } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import type { Link, Model } from '../../builders/breaking/links.ts';
import type { Subject } from '../../builders/breaking/subjects.ts';
import { orders, single, VAULT } from '../../builders/incident.ts';
import { differences } from '../../builders/world/differences.ts';
import { type Kill, type Told, tell } from './killing-story.ts';

const LINKS: readonly Link[] = ['accessRemoved', 'identityRemoved', 'networkClosed', 'vaultDeleted'];

/**
 * The writes of the repair that must be sent once: a repetition finds nothing left to do. An update of a single server may be
 * sent again, since the server shows no running operation: Azure refuses the second.
 */
const ONCE = {
  recoverVault: /^PUT .*\/vaults\/[^/]+$/,
  networkRules: /^PATCH .*\/vaults\/[^/]+$/,
  grantKeyAccess: /^PUT .*(accessPolicies\/add|roleAssignments\/[^/]+)$/,
} as const;

export const tellLinks = (kill: Kill, model: Model): Promise<Told> => {
  const subject: Subject = { kind: 'single', name: 'orders', vault: VAULT, model, links: LINKS };
  return tell(kill, ({ cloud }: App) => breakLinks(cloud.world, subject), {
    world: orders([single('orders')], {}, model),
    settings: { GUARDIAN_AUTO_REVERSE: 'all' },
  });
};

/** After any repetition: the same world, the same history of its clients, an intact ledger. */
export const expectSameWorld = (told: Told, undisturbed: Told): void => {
  const { verification, history } = undisturbed;
  expect(told).toMatchObject({ verification, history });
  expect(differences(undisturbed.world, told.world)).toEqual([]);
  for (const [step, shape] of Object.entries(ONCE))
    expect({ step, times: told.writes.filter((write) => shape.test(write)).length }).toEqual({ step, times: 1 });
};
