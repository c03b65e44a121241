import { absent, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { readFact } from '../failure/read-fact.ts';
import { openServiceSender, type Send } from '../http/sender.ts';
import type { Activity } from './activity-log.ts';
import { keyActsQuery, MOST_ROWS } from './audit-query.ts';
import { auditRows } from './audit-rows.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export type AuditLog = {
  /**
   * The acts of others on a key itself since `from` (ISO 8601) and before `until`, if given; oldest first. One query of
   * the workspace with the audit log of its vault, for some seconds at most, and at most once a minute for all keys of
   * that vault. `absent` where no workspace is configured. The log lags behind by minutes, so an empty answer proves
   * nothing. Throws `AzureUnavailable`.
   */
  since(key: KeyRef, from: string, until?: string): Promise<Fact<readonly Activity[]>>;
};

/** The longest wait for the answer: the author of an act is shown beside a repair, and the repair must not wait for it. */
const PATIENCE_MS = 15_000;

const sends = ({ cloud, credential, httpClient }: Connection): (() => Promise<Send>) =>
  once(async () =>
    openServiceSender({
      service: 'Log Analytics',
      resource: cloud.logsEndpoint,
      credential: await credential(),
      httpClient: await httpClient(),
    }),
  );

/**
 * One answer serves every key of a vault for this time: many incidents of one vault ask at once, and again at every
 * look.
 */
const KEPT_MS = 60_000;

/**
 * The query goes back as far as any repair of the last day needs, so that one answer serves all. For an older incident
 * there is a query of its own.
 */
const REACH_MS = 26 * 3_600_000;

type Span = { readonly from: string; readonly until: string };
type Kept = { readonly at: number; readonly acts: Promise<Fact<readonly Activity[]>> };

const logOf = ({ auditWorkspace }: Connection): string => `the audit log in the workspace ${auditWorkspace}`;

/** Asks for the acts on all keys of a vault. Azure Monitor Log Analytics API, `POST /v1/workspaces/{customer id}/query`. */
const openQuery = (connection: Connection) => {
  const { auditWorkspace: workspace, cloud, ownIdentity } = connection;
  const opened = sends(connection);
  const what = logOf(connection);
  const ask = async (host: string, { from, until }: Span): Promise<unknown> => {
    const abortSignal = AbortSignal.timeout(PATIENCE_MS);
    const query = keyActsQuery(host, (await ownIdentity()).objectId);
    const body = JSON.stringify({ query, timespan: `${from}/${until}` });
    const url = `${cloud.logsEndpoint}/v1/workspaces/${workspace}/query`;
    return (await (await opened())({ url, method: 'POST', body, abortSignal })).body;
  };
  return async (host: string, span: Span): Promise<Fact<readonly Activity[]>> => {
    const answer = await readFact({ what }, () => ask(host, span));
    if (answer.kind === 'unknown') return answer;
    if (answer.kind === 'absent')
      return unknown(
        `${what}: there is none of this id. Fix: set GUARDIAN_AUDIT_WORKSPACE to the customerId of az monitor log-analytics workspace list`,
      );
    const acts = auditRows(answer.value);
    return acts === undefined ? unknown(`${what}: Log Analytics answered no table`) : present(acts);
  };
};

/**
 * The acts in a vault, of an answer that is kept. A failure is kept as well: a workspace that does not answer is not asked again
 * for every key.
 */
const openKept = (connection: Connection) => {
  const query = openQuery(connection);
  const kept = new Map<string, Kept>();
  return (host: string, from: string, until?: string): Promise<Fact<readonly Activity[]>> => {
    const now = Date.now();
    const reach = new Date(now - REACH_MS).toISOString();
    const isRecent = Date.parse(from) >= now - REACH_MS;
    const name = isRecent ? host : `${host} ${from} ${until ?? ''}`;
    for (const [old, { at }] of kept) if (now - at >= KEPT_MS) kept.delete(old);
    const last = kept.get(name);
    if (last) return last.acts;
    const to = new Date(now).toISOString();
    const acts = query(host, isRecent ? { from: reach, until: to } : { from, until: until ?? to });
    kept.set(name, { at: now, acts });
    return acts;
  };
};

export const openAuditLog = (connection: Connection): AuditLog => {
  const inVault = openKept(connection);
  return {
    since: async (key, from, until) => {
      if (connection.auditWorkspace === undefined) return absent;
      const all = await inVault(key.host, from, until);
      if (all.kind !== 'present') return all;
      const isWithin = (at: string): boolean =>
        Date.parse(at) >= Date.parse(from) && (until === undefined || Date.parse(at) <= Date.parse(until));
      const acts = all.value.filter(({ at, resourceId }) => resourceId === keyId(key) && isWithin(at));
      return acts.length === 0 && all.value.length >= MOST_ROWS
        ? unknown(
            `${logOf(connection)} has more than ${MOST_ROWS} such acts in this vault, and none of this key among the newest`,
          )
        : present(acts);
    },
  };
};
