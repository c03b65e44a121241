import { managementGroupScope } from '../../local/cloud/arm/management-groups.ts';
import { askApp } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { examine } from './examined.ts';
import { BILLS, OTHER } from './other-subscription.ts';
import { expiredKey, MINUTE } from './stories.ts';

/*
 * The other subscription is below a management group, which `scopes` names in its place: the product finds the subscription
 * there, and gets by `key_subscriptions` the part of its role that cannot be assigned at a management group.
 */

export const LANDING = 'landing-zones';
export const LANDING_SCOPE = managementGroupScope(LANDING);

/** The deployer owns the management group as well, since a role is assigned there, and the engineer may read it. */
export const openLanding = (place: Deployable): void => {
  const { rbac, subscriptions } = place.cloud.world;
  subscriptions.putBelow(LANDING, { subscription: OTHER });
  const assign = (principalId: string, role: string, principalType: 'User' | 'ServicePrincipal') =>
    rbac.assign({ scope: LANDING_SCOPE, role, principalId, principalType });
  assign(place.owner, 'Owner', 'ServicePrincipal');
  assign(place.engineer.objectId, 'Reader', 'User');
};

type Followed = { readonly value: readonly { readonly id: string }[]; readonly unread: readonly unknown[] };

/** The sweep asks the management group, and finds the subscription. */
const isFollowed = async (place: Deployable): Promise<void> => {
  let told: Followed = { value: [], unread: [] };
  for (let passed = 0; passed < 15; passed += 1) {
    told = (await askApp(place, 'subscriptions')) as Followed;
    if (told.unread.length === 0 && told.value.some(({ id }) => id === `/subscriptions/${OTHER}`)) return;
    await place.clock.advance(MINUTE);
  }
  throw new Error(`the product follows the management group: not within 15 minutes, but ${JSON.stringify(told)}`);
};

/** The doctor names the subscriptions of the management group, and finds nothing missing there. */
const doctorTells = async (place: Deployable): Promise<void> => {
  const findings = await examine(place);
  const [noted, ...others] = findings;
  if (others.length > 0 || noted?.weight !== 'noted' || !noted.sentence.includes(OTHER))
    throw new Error(`the doctor was to say what ${LANDING} stands for alone, and said: ${JSON.stringify(findings)}`);
};

/** The subscription below the management group is found, and an expired key in it heals. */
export const guardsBelow = async (place: Deployable): Promise<void> => {
  await isFollowed(place);
  await expiredKey(place, BILLS);
  await doctorTells(place);
};
