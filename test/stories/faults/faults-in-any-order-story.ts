/** Events in the world during a repair, in any order; and the conditions that must hold in the end. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { type App, MINUTE, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import { keyEvent, sendEvent } from '../../builders/events.ts';
import {
  expireKey,
  expiryOf,
  keyVersion,
  ledgerOf,
  linesOf,
  orders,
  SINGLE,
  server,
  serves,
  single,
  startReconciliation,
  VAULT,
  writes,
} from '../../builders/incident.ts';

/** The acts of people that are not undone yet, and the number of expiries of the key. */
type Course = { expiries: number; paused: boolean; barred: boolean; disabled: boolean; hindered: boolean };

const change = (app: App, operation: 'add' | 'remove'): void => {
  const { entra, keyVault } = app.cloud.world;
  const orders = server(app, 'orders');
  const objectId = orders.generation === 'single' ? (orders.identity?.principalId ?? '') : '';
  const permissions = { keys: ['get', 'wrapKey', 'unwrapKey'] };
  keyVault.changePolicies(VAULT, operation, [{ tenantId: entra.tenantId, objectId, permissions }]);
};

const enable = (app: App, enabled: boolean): void => {
  app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { enabled });
};

const pause = { method: 'PUT', path: '/api/pause', body: { why: 'maintenance' } } as const;
const resume = { method: 'DELETE', path: '/api/pause?why=over' } as const;

const ACTS = {
  'the key expires again': (app, course) => {
    course.expiries += 1;
    expireKey(app);
  },
  'the server may not use the key any more': (app, course) => {
    Object.assign(course, { barred: true, hindered: true });
    change(app, 'remove');
  },
  'the server may use the key': (app, course) => {
    course.barred = false;
    change(app, 'add');
  },
  'somebody disables the key': (app, course) => {
    Object.assign(course, { disabled: true, hindered: true });
    enable(app, false);
  },
  'somebody enables the key': (app, course) => {
    course.disabled = false;
    enable(app, true);
  },
  'the event comes thrice': (app) => {
    for (let copy = 1; copy <= 3; copy++) sendEvent(app, keyEvent(app, 'Microsoft.KeyVault.KeyExpired'));
  },
  'somebody starts a reconciliation': (app) => startReconciliation(app).then(() => undefined),
  'somebody pauses the product': async (app, course) => {
    Object.assign(course, { paused: true, hindered: true });
    await app.door(pause, 200);
  },
  'somebody resumes it': async (app, course) => {
    await app.door(resume, course.paused ? 204 : 404);
    course.paused = false;
  },
} as const satisfies Record<string, (app: App, course: Course) => void | Promise<void>>;

export type Act = { readonly what: keyof typeof ACTS; readonly afterSeconds: number };

export const anyCourse = fc.array(
  fc.record({
    what: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    afterSeconds: fc.nat({ max: 240 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Long enough for the pauses after the first two attempts to end. */
const LONG = 45 * MINUTE;

const extensionsOf = (app: App): number => writes(app).filter((write) => write.startsWith('PATCH')).length;

/** Only the plan's own writes, none while it was paused, and no extension without an expiry. */
const act = async (app: App, course: Course, { what, afterSeconds }: Act): Promise<void> => {
  const before = writes(app).length;
  await app.pass(afterSeconds * SECOND);
  if (course.paused) expect(writes(app)).toHaveLength(before);
  await ACTS[what](app, course);
};

const expectOnlyThePlan = (app: App, { expiries }: Course): void => {
  const { kid, version } = keyVersion(app);
  const planned = [`PATCH ${new URL(kid).pathname}`, `PUT ${SINGLE}/keys/${VAULT}_cmk_${version}`];
  expect(writes(app).filter((write) => !planned.includes(write))).toEqual([]);
  expect(extensionsOf(app)).toBeLessThanOrEqual(expiries);
};

type Decision = {
  readonly kind: string;
  readonly findings: readonly { readonly kind: string }[];
  readonly verdicts: readonly { readonly why?: string }[];
};

const decisionOf = async (app: App): Promise<Decision> => {
  const id = keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' });
  const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200);
  return (body as { decision: Decision }).decision;
};

/**
 * An unhealed end is right only where an act of a person stands or stood against the repair, or after many attempts; and the
 * product must say so.
 */
const expectReport = async (app: App, course: Course): Promise<void> => {
  const { findings, kind, verdicts } = await decisionOf(app);
  // The person who disabled the key, or took the server's access, may have meant it: the product asks before it undoes that,
  // unless a pause holds that back as well.
  expect(kind).toBe((course.disabled || course.barred) && !course.paused ? 'ask' : 'report');
  const reasons = verdicts.map(({ why = '' }) => why).join(' ');
  if (course.disabled) expect(findings.map((finding) => finding.kind)).toContain('keyDisabled');
  else if (course.barred && !course.paused)
    expect(reasons).toContain('GUARDIAN_AUTO_REVERSE does not name grantKeyAccess');
  // A report stands as it was first recorded: a pause that only goes on holding back a resting step enters nothing new.
  else expect(reasons).toMatch(course.paused ? /pause|Tried in this incident/i : /Tried in this incident/);
  expect(course.hindered || course.expiries > 2).toBe(true);
};

/** Late enough for a person to act before the product gets the event of the loss. */
const LATE_EVENTS = { eventDelaySeconds: 60 };

/** Plays a course on an app of its own; the sweep and Event Grid both wake it. `true`: the server serves in the end. */
export const survives = async (course: readonly Act[]): Promise<boolean> => {
  const settings = { GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *' };
  const app = await startApp({ world: orders([single('orders')]), wake: 'event', settings, switches: LATE_EVENTS });
  await app.pass(NEXT_SWEEP);
  const soFar: Course = { expiries: 1, paused: false, barred: false, disabled: false, hindered: false };
  expireKey(app);
  for (const one of course) await act(app, soFar, one);
  await app.pass(LONG);

  expectOnlyThePlan(app, soFar);
  const lines = linesOf(await ledgerOf(app));
  const healed = serves(app, 'orders') && expiryOf(app) > app.clock.now() && !soFar.disabled && !soFar.barred;
  if (healed) expect(lines.at(-1)).toBe('closed');
  else await expectReport(app, soFar);
  await app.close();
  return healed;
};
