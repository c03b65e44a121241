import { askArm } from './asking.ts';
import type { Deployable } from './deployable.ts';
import { alertedKey, callsSince, type Guarded, incidentSince, MINUTE, within } from './stories.ts';
import { URL_OF_APP } from './values.ts';

type Settings = Readonly<Record<string, string>>;

const settingsOf = async (place: Deployable): Promise<Settings> =>
  ((await askArm(place, 'POST', 'config/appsettings/list', {})) as { properties: Settings }).properties;

/** Writes all settings, and waits until the host has started again with them. */
const writeSettings = async (place: Deployable, properties: Settings): Promise<void> => {
  await askArm(place, 'PUT', 'config/appsettings', { properties });
  const { hosting, sites } = place.cloud.world.web;
  await within(place, 5, 'the host starts again', () => sites.all().every(({ id }) => hosting.host(id) !== undefined));
};

type Span = { readonly from: number; readonly until: number };

/** The functions among these that the host has logged as begun in this time. */
const ran = ({ cloud }: Deployable, { from, until }: Span, names: readonly string[]): readonly string[] =>
  names.filter((name) =>
    cloud.world.traces
      .rows()
      .some(({ at, message }) => at >= from && at <= until && message.startsWith(`Executing 'Functions.${name}'`)),
  );

const SCHEDULED = ['sweep', 'probe'] as const;
const HEARD = ['on-key-vault-event', 'on-resource-event'] as const;

/** The condition of the last mail of the rule "no sweep" since an instant: `Fired` or `Resolved`. */
const toldOfSilence = ({ cloud }: Deployable, since: number): string | undefined =>
  cloud.world.alerting
    .mails()
    .filter(({ at, rule }) => at >= since && rule === 'cmk-no-sweep')
    .at(-1)?.condition;

const YEARLY = '0 0 0 1 1 *';

/** No schedule fires and no event comes: only the alert of the audit log causes the product to recover a deleted key. */
const healsByAlert = async (place: Deployable, guarded: Guarded): Promise<void> => {
  const since = place.clock.now();
  await alertedKey(place, guarded, URL_OF_APP);
  const [first] = callsSince(place, since);
  if (!first) throw new Error('the key was recovered, and no alert had come');
  const others = [
    ...ran(place, { from: since, until: place.clock.now() }, SCHEDULED),
    ...ran(place, { from: since, until: first.at }, HEARD),
  ];
  if (others.length > 0) throw new Error(`the key was recovered, but these ran as well: ${others.join(', ')}`);
  const { timeline } = await incidentSince(place, guarded, since);
  const by = timeline.find(({ what }) => what === 'detected')?.by;
  if (by !== 'alert') throw new Error(`the loss of the key was noticed by ${by}`);
};

/**
 * While its schedules fire once a year, only the secure webhook informs the product of a deleted key, and the product heals it;
 * people get a mail that there is no sweep, and another once there is one again.
 */
export const alertAlone = async (place: Deployable, guarded: Guarded): Promise<void> => {
  console.log('the alert alone, and no sweep');
  const settings = await settingsOf(place);
  const began = place.clock.now();
  if (toldOfSilence(place, 0) === 'Fired') throw new Error('people are told of no sweep while there are sweeps');
  const still = { GUARDIAN_SWEEP_SCHEDULE: YEARLY, GUARDIAN_PROBE_SCHEDULE: YEARLY };
  await writeSettings(place, { ...settings, ...still });
  await healsByAlert(place, guarded);
  await within(place, 30, 'people are told that there is no sweep', () => toldOfSilence(place, began) === 'Fired');
  const [mail] = place.cloud.world.alerting.mails().filter(({ at }) => at >= began);
  if (mail && mail.at < began + 10 * MINUTE) throw new Error('people were told of no sweep before there was none');
  await writeSettings(place, settings);
  await within(place, 20, 'people are told that sweeps are back', () => toldOfSilence(place, began) === 'Resolved');
};
