import type { Guardian } from '../loop/guardian.ts';
import { agesOf } from '../loop/schedule/health.ts';
import { keyOf } from '../remediation/model/key-ref.ts';
import { subscriptionOf } from '../remediation/model/resource-id.ts';
import type { Door } from './door.ts';
import { inUse, readSeen } from './keys-named.ts';
import { VERSION } from './version.ts';

/** So long one answer serves all who ask: a dashboard asks often, and a sweep comes every five minutes. */
const KEPT_MS = 60_000;

const countBy = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]).toSorted());

/** The last verdict of every key, by its kind. */
const verdictsOf = async ({ store }: Pick<Guardian, 'store'>): Promise<ReadonlyMap<string, string>> => {
  const kinds = new Map<string, string>();
  let isOld = false;
  for await (const { keyId, kind, isFailing } of store.keyRows.listVerdictKinds()) {
    if (kind !== undefined) kinds.set(keyId, kind);
    else isOld = isOld || !isFailing;
  }
  if (!isOld) return kinds;
  // Verdicts of an earlier version do not tell their kind by themselves.
  for await (const { keyId, verdict } of store.keyRows.listSaid()) if (verdict) kinds.set(keyId, verdict.decision.kind);
  return kinds;
};

type Seen = Awaited<ReturnType<typeof readSeen>>;

const estateOf = (used: Seen) => {
  const consumers = new Map(
    used.flatMap(({ consumers: known }) => (known?.consumers ?? []).map(({ id, kind }) => [id.toLowerCase(), kind])),
  );
  return {
    consumers: consumers.size,
    consumersByKind: countBy([...consumers.values()]),
    keys: used.length,
    vaults: new Set(used.map(({ keyId }) => keyOf(keyId).host)).size,
    subscriptions: new Set([...consumers.keys()].map(subscriptionOf)).size,
  };
};

const verdictsIn = (used: Seen, kinds: ReadonlyMap<string, string>) => {
  const count = (kind: string | undefined): number => used.filter(({ keyId }) => kinds.get(keyId) === kind).length;
  return {
    healthy: count('healthy'),
    repairing: count('run'),
    asked: count('ask'),
    reported: count('report'),
    unseen: count('unseen'),
    notYetAssessed: count(undefined),
  };
};

const summaryOf = async (guardian: Guardian) => {
  const [seen, kinds, beats] = await Promise.all([
    readSeen(guardian),
    verdictsOf(guardian),
    guardian.store.beats.read(),
  ]);
  const used = inUse(seen);
  const { sweep, probe, posture } = agesOf(beats);
  return {
    now: new Date().toISOString(),
    version: VERSION,
    mode: guardian.settings.policy.mode,
    ...estateOf(used),
    verdicts: verdictsIn(used, kinds),
    sweep,
    probe,
    posture,
  };
};

/** GET: what is guarded, how it does, and whether somebody looks; at most a minute old. Three calls to storage, and one more per 1,000 rows. */
export const openSummaryDoor = (): Door => {
  let kept: { readonly at: number; readonly summary: ReturnType<typeof summaryOf> } | undefined;
  return async (_request, guardian) => {
    if (!kept || Date.now() - kept.at >= KEPT_MS) {
      const reading = { at: Date.now(), summary: summaryOf(guardian) };
      kept = reading;
      reading.summary.catch(() => {
        if (kept === reading) kept = undefined;
      });
    }
    return { status: 200, body: await kept.summary };
  };
};
