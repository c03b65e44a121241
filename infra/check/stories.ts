import { askApp } from './asking.ts';
import type { Deployable } from './deployable.ts';

/** A key of the example, which a server needs. */
export type Guarded = { readonly vault: string; readonly key: string };

export const MINUTE = 60_000;

/**
 * Lets virtual minutes pass until the condition holds. Rejects with the sentence where it does not hold within this number of
 * minutes.
 */
export const within = async ({ clock }: Deployable, minutes: number, sentence: string, holds: () => boolean) => {
  for (let passed = 0; passed < minutes; passed += 1) {
    if (holds()) return;
    await clock.advance(MINUTE);
  }
  if (!holds()) throw new Error(`${sentence}: not within ${minutes} minutes`);
};

export const keyOf = ({ cloud }: Deployable, { vault, key }: Guarded) => {
  const found = cloud.world.keyVault.key(vault, key);
  if (!found) throw new Error(`There is no key ${key} in the vault ${vault}, deleted or not.`);
  return found;
};

/** The version in use expires, and the deployed product extends it. */
export const expiredKey = async (place: Deployable, guarded: Guarded): Promise<void> => {
  const { vault, key } = guarded;
  await place.say('break/expire-key', { vault, key });
  await within(place, 20, 'an expired key is extended', () => {
    const exp = keyOf(place, guarded).versions.at(-1)?.exp;
    return exp !== undefined && exp * 1_000 > place.clock.now();
  });
};

/** The outcomes of the calls of the product's webhook since an instant. */
export const callsSince = ({ cloud }: Deployable, since: number) =>
  cloud.world.alerting.receivers.calls().filter(({ at, receiver }) => at >= since && receiver === 'guardian');

const isTold = (place: Deployable, { vault }: Guarded, since: number): boolean =>
  place.cloud.world.alerting
    .fired()
    .some(
      ({ at, rule, targets }) =>
        at >= since && rule.name === 'cmk-key-acts' && targets.some((id) => id.toLowerCase().endsWith(`/${vault}`)),
    );

/** A person deletes the key, and the deployed product recovers it. */
export const deletedKey = async (place: Deployable, guarded: Guarded): Promise<void> => {
  const { vault, key } = guarded;
  await place.say('break/delete-key', { vault, key });
  if (keyOf(place, guarded).deletedAt === undefined) throw new Error('the key was not deleted');
  await within(place, 20, 'a deleted key is recovered', () => keyOf(place, guarded).deletedAt === undefined);
};

/**
 * The same with an alert: the audit log of the vault fires it. The product accepts the alert only with the token of action
 * groups.
 */
export const alertedKey = async (place: Deployable, guarded: Guarded, url: string): Promise<void> => {
  const since = place.clock.now();
  await deletedKey(place, guarded);
  await within(place, 20, 'an alert tells of the deleted key', () => isTold(place, guarded, since));
  await within(place, 5, 'the alert has reached the product', () => callsSince(place, since).length > 0);
  const refused = callsSince(place, since).filter(({ outcome }) => !('status' in outcome && outcome.status === 202));
  if (refused.length > 0) throw new Error(`the product has not taken an alert: ${JSON.stringify(refused)}`);
  const { status } = await place.send({ method: 'POST', url: `${url}/api/alerts`, headers: {}, body: {} });
  if (status !== 401) throw new Error(`an alert without a token was answered ${status}`);
};

type Incidents = { readonly value: readonly { readonly id: string; readonly openedAt: string }[] };

/** The fields of the product's incident that this check reads. */
export type Incident = {
  readonly isOpen: boolean;
  readonly writes: readonly { readonly step: string; readonly outcome?: string }[];
  readonly timeline: readonly { readonly what: string; readonly by?: string }[];
  readonly ledger: { readonly verification: { readonly kind: string } };
};

/** The only incident of a key since an instant; rejects where there is none, or more than one. */
export const incidentSince = async (place: Deployable, { vault, key }: Guarded, since: number): Promise<Incident> => {
  const id = `https://${vault}.vault.azure.net/keys/${key}`;
  const { value } = (await askApp(place, `incidents?key=${id}`)) as Incidents;
  const opened = value.filter(({ openedAt }) => Date.parse(openedAt) >= since);
  const [one] = opened;
  if (!one || opened.length > 1) throw new Error(`${opened.length} incidents of ${id} were opened, and not one`);
  return (await askApp(place, `incidents/${one.id}`)) as Incident;
};
