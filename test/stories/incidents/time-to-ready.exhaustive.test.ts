import { expect, it } from 'vitest';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { type App, MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { canUseKey, theServer } from '../../builders/breaking/find-subject.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { KINDS, type Kind, LINKS, type Link, linksOf, type Model } from '../../builders/breaking/links.ts';
import { copyName, type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { productRequests } from '../../builders/incident.ts';
import { WAYS, withNeighbours } from '../../builders/ways.ts';
import { printTable } from '../print-table.ts';

/** The time until a grant becomes effective; no API shows that instant. */
const PROPAGATION_SECONDS = 300;
const MOST_MINUTES = 8;
/** A further loss would come within this time. */
const PATIENCE = 15 * MINUTE;
const STEP = 10 * SECOND;

/** One sweep finds everything healthy in the first minutes of the day; from then on events and the probe. */
const SETTINGS = {
  GUARDIAN_AUTO_REVERSE: 'all',
  GUARDIAN_FUSE_ROOT_CAUSES: '9999',
  GUARDIAN_SWEEP_SCHEDULE: '30 1 0 * * *',
  GUARDIAN_PROBE_SCHEDULE: '0 * * * * *',
};

const MODELS: Readonly<Record<Kind, Model>> = { single: 'accessPolicies', flexible: 'roles', set: 'roles' };

/** The server can use its key and lets its clients in; a disk encryption set has no state that could show it. */
const isReady = async (world: FullWorld, subject: Subject): Promise<boolean> => {
  if (!(await canUseKey(world, subject))) return false;
  if (subject.kind === 'set') return true;
  const names = subject.links.includes('copyFresh') ? [subject.name, copyName(subject)] : [subject.name];
  return names.every((name) => {
    const { condition, loss } = theServer(world, name).availability;
    return condition === 'ready' && loss === undefined;
  });
};

/** Virtual minutes from the loss until it is ready for good, by subject. */
const minutesOf = async (app: App, subjects: readonly Subject[]): Promise<ReadonlyMap<Subject, number>> => {
  const { world } = app.cloud;
  const brokenAt = app.clock.now();
  for (const subject of subjects) breakLinks(world, subject);
  const ready = new Map<Subject, number>();
  while (app.clock.now() < brokenAt + PATIENCE) {
    await app.pass(STEP);
    for (const subject of subjects) {
      if (!(await isReady(world, subject))) ready.delete(subject);
      else if (!ready.has(subject)) ready.set(subject, (app.clock.now() - brokenAt) / MINUTE);
    }
  }
  return ready;
};

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

const subjectOf = (subjects: readonly Subject[], kind: Kind, link: Link): Subject | undefined =>
  subjects.find((one) => one.kind === kind && one.links.includes(link));

const printTimes = (subjects: readonly Subject[], minutes: ReadonlyMap<Subject, number>): void => {
  const cell = (kind: Kind, link: Link): string => {
    const subject = subjectOf(subjects, kind, link);
    return subject ? (minutes.get(subject)?.toFixed(1) ?? 'never') : 'n/a';
  };
  const rows = LINKS.map((link) => [link, ...KINDS.map((kind) => cell(kind, link))]);
  printTable(['minutes from loss to ready', ...KINDS.map((kind) => `${kind} (${MODELS[kind]})`)], rows);
};

it.each(WAYS)(
  'every consumer is ready again within eight minutes of its loss, where grants take five (%s)',
  async (way) => {
    const subjects = KINDS.flatMap((kind) =>
      subjectsOf(
        kind,
        MODELS[kind],
        linksOf(kind).map((link) => [link]),
      ),
    );
    const switches = { propagationSeconds: PROPAGATION_SECONDS };
    const settings = { ...SETTINGS, GUARDIAN_LOOK: way };
    const app = await startApp({ world: withNeighbours(worldOf(subjects)), wake: 'event', settings, switches });
    closeFirewalls(app.cloud.world, subjects);
    await app.pass(3 * MINUTE);
    const minutes = await minutesOf(app, subjects);
    printTimes(subjects, minutes);
    expect(subjects.filter((subject) => !minutes.has(subject)).map(({ name, links }) => `${name} ${links}`)).toEqual(
      [],
    );
    expect(percentile([...minutes.values()], 0.95)).toBeLessThanOrEqual(MOST_MINUTES);
    expect(productRequests(app).filter(({ mutating }) => mutating).length).toBeGreaterThan(subjects.length);
  },
);
