import type { Activity } from '../../azure/connection/activity-log.ts';
import { type Fact, unknown } from '../../remediation/model/facts.ts';
import type { Finding } from '../../remediation/model/findings.ts';
import { type KeyRef, keyId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { parseResourceId } from '../../remediation/model/resource-id.ts';
import type { Act, WhoDidIt } from '../../store/who-did-it.ts';
import type { Guardian } from '../guardian.ts';

export const NO_AUDIT_SOURCE = 'unknown: no audit source';

type Source = { readonly kind: 'key'; readonly key: KeyRef } | { readonly kind: 'resource'; readonly id: string };

/** The most logs that are asked about one incident. */
const MOST_SOURCES = 3;
const MOST_ACTS = 20;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The activity log keeps 90 days. */
const KEPT_MS = 89 * DAY_MS;
/** Both logs may lack an act for this long: twice the usual delay. */
const LAG_MS = HOUR_MS;

/**
 * Acts on a key itself are only in the audit log of its vault. Changes of access and network are writes on the vault,
 * in the activity log.
 */
const sourceOf = ({ target, evidence }: Finding): readonly Source[] => {
  const key = parseKeyId(target)?.key;
  if (key) return [{ kind: 'key', key }];
  const vault = evidence['vault'];
  const id = parseResourceId(typeof vault === 'string' ? vault : target)?.id;
  return id === undefined ? [] : [{ kind: 'resource', id }];
};

const nameOf = (source: Source): string => (source.kind === 'key' ? keyId(source.key) : source.id.toLowerCase());

export type Loss = {
  readonly roots: readonly Finding[];
  /** ISO 8601. */
  readonly openedAt: string;
  /** ms since epoch; left out where Azure states no time. */
  readonly lostAt?: number;
  /** Ids of the product's own writes. */
  readonly ours: ReadonlySet<string>;
};

type Window = { readonly from: string; readonly until: string };

const windowOf = ({ openedAt, lostAt }: Loss): Window => {
  const opened = Date.parse(openedAt);
  const from = Math.max(Math.min(lostAt ?? opened, opened) - HOUR_MS, opened - DAY_MS);
  return { from: new Date(from).toISOString(), until: new Date(opened).toISOString() };
};

const ask = async (
  { azure }: Pick<Guardian, 'azure'>,
  source: Source,
  { from, until }: Window,
  now: Date,
): Promise<Fact<readonly Activity[]>> => {
  if (source.kind === 'key') return azure.keyActsSince(source.key, from, until);
  if (now.getTime() - Date.parse(from) > KEPT_MS) return unknown('the activity log keeps 90 days');
  return azure.activitySince(source.id, from, until);
};

type Answer = { readonly acts: readonly Act[]; readonly says: readonly string[]; readonly failed?: true };

const answerOf = (source: Source, log: Fact<readonly Activity[]>, ours: Loss['ours']): Answer => {
  const of = source.kind === 'key' ? 'auditLog' : 'activityLog';
  if (log.kind === 'absent')
    return {
      acts: [],
      says: [source.kind === 'key' ? NO_AUDIT_SOURCE : `unknown: ${nameOf(source)} has no activity log`],
    };
  if (log.kind === 'unknown') return { acts: [], says: [`unknown: ${log.reason}`] };
  const others = log.value.filter(({ correlationId }) => !ours.has(correlationId));
  const acts = others.map(
    ({ at, operation, caller, resourceId }): Act => ({ at, operation, by: caller, on: resourceId, source: of }),
  );
  const name = of === 'auditLog' ? 'audit log' : 'activity log';
  const says =
    acts.length > 0
      ? []
      : [`unknown: the ${name} shows no act of anybody else on ${nameOf(source)} in the hour before`];
  return { acts, says };
};

const askOr = async (guardian: Pick<Guardian, 'azure'>, source: Source, loss: Loss, now: Date): Promise<Answer> => {
  try {
    return answerOf(source, await ask(guardian, source, windowOf(loss), now), loss.ours);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { acts: [], says: [`unknown: ${why}`], failed: true };
  }
};

/**
 * Asks the logs of Azure who caused an incident: at most three logs, one query or a few pages each, of no more than a
 * day. Never throws: a log that cannot be asked now is named in the answer, and may be asked again.
 */
export const whoDidIt = async (guardian: Pick<Guardian, 'azure'>, loss: Loss, now: Date): Promise<WhoDidIt> => {
  const sources = [...new Map(loss.roots.flatMap(sourceOf).map((source) => [nameOf(source), source])).values()];
  const answers = await Promise.all(sources.slice(0, MOST_SOURCES).map((source) => askOr(guardian, source, loss, now)));
  const acts = answers.flatMap((answer) => answer.acts).toSorted((one, other) => one.at.localeCompare(other.at));
  const said = [...new Set(answers.flatMap(({ says }) => says))];
  const says = sources.length === 0 ? ['unknown: what is wrong names neither a key nor a resource'] : said;
  const isOver = now.getTime() - Date.parse(loss.openedAt) > LAG_MS;
  const isFinal = !answers.some(({ failed }) => failed) && (isOver || acts.length > 0);
  return { acts: acts.slice(-MOST_ACTS), says, isFinal };
};
