import {
  getCoverage,
  getHealthDetails,
  getHistory,
  getIncident,
  getOverrides,
  getPosture,
  getSettings,
  getSummary,
  getWouldHave,
  listExpiry,
  listIncidents,
  listReconciliations,
  listSubscriptions,
} from '../../client/api.ts';
import type { Guardian } from '../../client/send.ts';
import { readAll, readRest } from './read-all.ts';
import { hearNow } from './server-clock.tsx';

/**
 * Reads of the views, each with the client of the signed-in person. Where an answer states the server's time, the clock takes it.
 */
export type Reader<Value> = (guardian: Guardian, signal: AbortSignal) => Promise<Value>;

const heard = <Value extends { readonly now: string }>(value: Value): Value => {
  hearNow(value.now);
  return value;
};

export const readSummary: Reader<Awaited<ReturnType<typeof getSummary>>> = async (guardian, signal) =>
  heard(await getSummary({ guardian, signal }));

export const readWrong: Reader<Awaited<ReturnType<typeof listReconciliations>>> = async (guardian, signal) =>
  heard(await readAll(await listReconciliations({ limit: '1000' }, { guardian, signal }), guardian, signal));

export const readEverything: typeof readWrong = async (guardian, signal) =>
  heard(
    await readAll(await listReconciliations({ verdict: 'all', limit: '1000' }, { guardian, signal }), guardian, signal),
  );

export const readOverrides: Reader<Awaited<ReturnType<typeof getOverrides>>> = (guardian, signal) =>
  getOverrides({ guardian, signal });

/** The subscriptions that Azure no longer lists below their management groups. */
export const readMissing: Reader<Awaited<ReturnType<typeof listSubscriptions>>> = (guardian, signal) =>
  listSubscriptions({ missing: true }, { guardian, signal });

export const readIncidents: Reader<Awaited<ReturnType<typeof listIncidents>>> = async (guardian, signal) =>
  readAll(await listIncidents({}, { guardian, signal }), guardian, signal);

export const readIncident =
  (id: string): Reader<Awaited<ReturnType<typeof getIncident>>> =>
  async (guardian, signal) =>
    heard(await getIncident(id, { guardian, signal }));

export const readExpiry: Reader<Awaited<ReturnType<typeof listExpiry>>> = async (guardian, signal) =>
  heard(await readAll(await listExpiry({ within: 'P1Y', limit: '1000' }, { guardian, signal }), guardian, signal));

/** While the first report is being made there is no report yet: the answer then says so. */
const unlessMade = <Value extends object>(answer: Value): Exclude<Value, { status: string }> | undefined =>
  'status' in answer ? undefined : (answer as Exclude<Value, { status: string }>);

export const readFailures = async (guardian: Guardian, signal: AbortSignal) => {
  const first = unlessMade(await getPosture({ verdict: 'fail' }, { guardian, signal }));
  if (!first) return undefined;
  const more = await readRest<(typeof first.lines)[number]>(first.nextLink, 'lines', { guardian, signal });
  const { nextLink: _first, ...rest } = first;
  const lines = [...first.lines, ...more.value];
  return { ...rest, lines, ...(more.nextLink !== undefined && { nextLink: more.nextLink }) };
};

export const readGaps = async (guardian: Guardian, signal: AbortSignal) => {
  const first = unlessMade(await getCoverage({ gaps: true }, { guardian, signal }));
  return first && readAll(first, guardian, signal);
};

export const readHealth: Reader<Awaited<ReturnType<typeof getHealthDetails>>> = async (guardian, signal) =>
  heard(await getHealthDetails({ guardian, signal }));

export const readHistory: Reader<Awaited<ReturnType<typeof getHistory>>> = async (guardian, signal) =>
  heard(await getHistory({}, { guardian, signal }));

export const readWouldHave: Reader<Awaited<ReturnType<typeof getWouldHave>>> = (guardian, signal) =>
  getWouldHave({}, { guardian, signal });

export const readSettings: Reader<Awaited<ReturnType<typeof getSettings>>> = (guardian, signal) =>
  getSettings({ guardian, signal });
