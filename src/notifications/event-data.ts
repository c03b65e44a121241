import * as z from 'zod/mini';
import { MOST_NAMED } from '../remediation/model/most-named.ts';

/**
 * The data of the product's events, by type: a contract with their receivers. A member may be added. A member that is
 * removed or changes its meaning needs a new `DATA_VERSION`. The files in docs/events are generated from these schemas.
 */

const text = (what: string) => z.string().check(z.describe(what));
const some = <Item extends z.core.$ZodType>(item: Item, what: string) =>
  z.array(item).check(z.maxLength(MOST_NAMED), z.describe(`${what}; at most ${MOST_NAMED}`));

const key = text('Identifier of the key, without a version: https://{vault}.vault.azure.net/keys/{name}');
const incident = text('Id of the incident, as in GET /api/incidents');
const planId = text('SHA-256 of the plan, as in GET /api/plans/{planId}');
const by = text('Who did it: the name in the token, or the object id');

const ofIncident = {
  key,
  incident,
  consumers: some(z.string(), 'Resource ids of the consumers that are affected, now or soon'),
};

const finding = z.object({
  kind: text('The fault; docs/runbooks has a page for each'),
  target: text('What is broken: the identifier of a key, or the id of a resource'),
  sentence: text('What is wrong, in one sentence'),
});

const step = z.object({
  step: text('The repair, such as extendKeyExpiry'),
  target: text('What it changes: the identifier of a key, or the id of a resource'),
  sentence: text('What it does, in one sentence'),
});

const endedStep = {
  key,
  incident,
  step: step.shape.step,
  stepId: text('Id of the step within its plan'),
  target: step.shape.target,
  why: text('What came of it, in a sentence'),
  correlationIds: some(z.string(), 'Correlation ids of the requests, as Azure answered them'),
};

/** `data` of each event, by the type of the event. */
export const EVENT_DATA = {
  'CmkGuardian.Incident.Opened': z.object({
    ...ofIncident,
    verdict: z
      .enum(['run', 'ask', 'report', 'unseen', 'healthy'])
      .check(z.describe('What the product does about it: run: it repairs; ask: it asks; else it reports')),
    findings: some(finding, 'What is wrong'),
  }),
  'CmkGuardian.Incident.Asked': z.object({ ...ofIncident, planId, steps: some(step, 'What is asked') }),
  'CmkGuardian.Incident.Approved': z.object({ key, incident, planId, by, expires: text('ISO 8601') }),
  'CmkGuardian.Incident.Rejected': z.object({ key, incident, planId, by, why: text('The reason that was given') }),
  'CmkGuardian.Incident.StepDone': z.object(endedStep),
  'CmkGuardian.Incident.StepNotDone': z.object({
    ...endedStep,
    outcome: z
      .enum(['blocked', 'failed', 'unknown', 'cancelled'])
      .check(
        z.describe('blocked: Azure refused it; unknown: nobody knows whether it was done; cancelled: nothing was sent'),
      ),
  }),
  'CmkGuardian.Incident.Healed': z.object({
    key,
    incident,
    openedAt: text('ISO 8601'),
    seconds: z.int().check(z.describe('Since it was opened')),
  }),
  'CmkGuardian.Incident.LetGo': z.object({ ...ofIncident, openedAt: text('ISO 8601') }),
  'CmkGuardian.Incident.GivenUp': z.object({
    ...ofIncident,
    sentences: some(z.string(), 'Which repair is not tried again for a day, and why: a person must look'),
  }),
  'CmkGuardian.Key.SightLost': z.object({
    key,
    sentences: some(z.string(), 'What cannot be seen, and how that is mended; nothing is known to be wrong'),
  }),
  'CmkGuardian.Key.SightBack': z.object({ key }),
  'CmkGuardian.Probe.Found': z.object({
    key,
    faults: some(z.string(), 'What is wrong now with the versions in use; none: they are well again'),
  }),
} as const;

export type EventType = keyof typeof EVENT_DATA;

type Frozen<Value> = Value extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Frozen<Value[Name]> }
    : Value;

/**
 * `id` is made of the content, so that an event that is sent twice is the same event. `time`: ISO 8601. `subject`: the
 * identifier of the key.
 */
export type GuardianEvent = {
  [Type in EventType]: {
    readonly type: Type;
    readonly id: string;
    readonly time: string;
    readonly subject: string;
    readonly data: Frozen<z.infer<(typeof EVENT_DATA)[Type]>>;
  };
}[EventType];
