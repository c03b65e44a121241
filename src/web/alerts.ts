import type { AlertInput } from '../loop/messages.ts';
import { sha256 } from '../remediation/model/canonical.ts';
import { readAlert } from '../signals/alert.ts';
import type { AlertReading } from '../signals/alert-reading.ts';
import { type Door, notWoken, type SentText } from './door.ts';

/** How many characters of an alert that is too large are kept. */
const KEPT_OF_LARGE = 8 * 1024;

const HELP = 'GET /api/quarantine lists what is kept, and why.';

/** The same text has the same id: Azure delivers an alert again where it is not sure that the alert has arrived. */
const idOfAlert = (text: string): string => sha256(text).slice(0, 40);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const held = (
  { text, over }: SentText,
  reading: Pick<AlertReading, 'why' | 'schema' | 'state' | 'rule' | 'isTest'>,
): AlertInput => {
  const { why, schema, state, rule, isTest } = reading;
  const kept = over === undefined ? { text } : { text: text.slice(0, KEPT_OF_LARGE), cut: true as const };
  const alert = { at: new Date().toISOString(), why, schema, state, ...kept };
  return {
    kind: 'held',
    id: idOfAlert(text),
    alert: { ...alert, ...(rule !== undefined && { rule }), ...(isTest && { isTest }) },
  };
};

export type Judged = {
  readonly heard: 'named' | 'held' | 'ignored';
  readonly why: string;
  /** The task that is left; none for an alert that is ignored. */
  readonly input?: AlertInput;
};

const NOTHING = { schema: 'unknown', state: 'none' } as const;

/** The meaning of an alert's text for the product, and the task that follows. */
export const judgeAlert = (sent: SentText): Judged => {
  const { text, over } = sent;
  const json = over === undefined ? parsed(text) : undefined;
  if (json === undefined) {
    const why = over === undefined ? 'it is not JSON' : `it ${over}`;
    return { heard: 'held', why, input: held(sent, { ...NOTHING, why }) };
  }
  const reading = readAlert(json);
  const { why, state, signals } = reading;
  if (reading.reading === 'quarantine' || reading.isTest) return { heard: 'held', why, input: held(sent, reading) };
  if (state === 'resolved') return { heard: 'ignored', why: 'it is resolved, and a resolved alert wakes nothing' };
  return reading.reading === 'ignore'
    ? { heard: 'ignored', why }
    : { heard: 'named', why, input: { kind: 'named', id: idOfAlert(text), signals } };
};

/**
 * POST: an alert of an action group, in the common schema or another one. The answer is 202 to everything, since Azure does not
 * deliver after most refusals again. Only where no look could be promised for the resources that it names, the answer is 503. The
 * route makes one call of Durable Functions and none to the product's storage: the rest happens in the orchestration.
 */
export const receiveAlert: Door = async ({ readText }, _guardian, durable) => {
  const { heard, why, input } = judgeAlert(await readText());
  const answer = { status: 202, body: { heard, why: `${why}.`, ...(heard === 'held' && { help: HELP }) } };
  return input ? durable.followAlert(input).then(() => answer, notWoken) : answer;
};
