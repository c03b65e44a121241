import { type Baseline, type BaselineConsumer, inBaseline } from '../../remediation/model/baseline.ts';
import { isSameJson } from '../../remediation/model/canonical.ts';
import type { ConsumerFacts, KeyObservation } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import { accessOf, missingOf } from '../../remediation/observation/access.ts';
import { provesKey } from '../../remediation/observation/key-use.ts';
import { consumersOf, readPins } from '../../remediation/observation/pins.ts';
import { statedVersions } from '../../remediation/observation/versions-in-use.ts';
import { ofKnown } from '../../remediation/trust/lineage.ts';
import { wasExpirySet } from '../../remediation/trust/set-expiry.ts';

const seenIn = ({ consumers }: KeyObservation): ReadonlySet<string> =>
  new Set(consumers.kind === 'present' ? consumers.value.map(({ id }) => id.toLowerCase()) : []);

/** Whether the observation lacks a consumer of that baseline. */
export const lacks = (observation: KeyObservation, before: Baseline | undefined): boolean => {
  const seen = seenIn(observation);
  return before?.consumers.some(({ id }) => !seen.has(id)) ?? false;
};

/** The entries of the last baseline for these consumers, kept for the day when they come into scope again. */
const keptOf = (
  { consumers, versions = {}, expiries = {}, tags = {} }: Baseline,
  isKept: (id: string) => boolean,
): Required<Pick<Baseline, 'consumers' | 'versions' | 'expiries' | 'tags'>> => {
  const kept = consumers.filter(({ id }) => isKept(id));
  const kids = new Set(kept.map(({ kid }) => kid.toLowerCase()));
  const ofKids = <Value>(all: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(all).filter(([kid]) => kids.has(kid.toLowerCase())));
  const named = new Set(kept.flatMap(({ kid }) => parseKeyId(kid)?.version ?? []));
  return {
    consumers: kept,
    versions: Object.fromEntries(Object.entries(versions).filter(([version]) => named.has(version))),
    expiries: ofKids(expiries),
    tags: ofKids(tags),
  };
};

/**
 * The access paths of the consumers while they are healthy: a later repair may restore these, and may let these principals in
 * again. `before`: the last baseline; it fills in facts that this observation did not read or could not read. `isOut`: which
 * resources are out of scope; their part of the last baseline stays as it is. Returns `undefined` where a needed fact is missing,
 * because an incomplete snapshot would pass for a whole one, and where no known consumer uses the key, because then there is
 * nothing to restore.
 */
export const baselineOf = (
  observation: KeyObservation,
  before?: Baseline,
  isOut: (id: string) => boolean = () => false,
): Baseline | undefined => {
  const { key, vault, consumers } = observation;
  // A stranger is in no baseline. A fact of a stranger that cannot be read does not keep the known consumers out of it.
  const ours = consumersOf(ofKnown(observation, before ? { baseline: before } : {}));
  if (vault.kind !== 'present' || consumers.kind !== 'present' || !areKnown(ours)) return undefined;
  const paths = ours.flatMap((consumer) => pathOf(consumer, observation, before) ?? []);
  if (paths.length === 0) return undefined;
  const seen = seenIn(observation);
  const kept = before && keptOf(before, (one) => !seen.has(one) && isOut(one));
  const { id, birth = before?.vault.birth, location, network, permissionModel, tenantId } = vault.value;
  const tags = { ...kept?.tags, ...tagsOf(observation) };
  const versions = { ...kept?.versions, ...versionsOf(observation, before) };
  const expiries = { ...kept?.expiries, ...expiriesOf(observation, paths, before) };
  return {
    key: { host: key.host, name: key.name },
    vault: {
      id: id.toLowerCase(),
      ...(birth !== undefined && { birth }),
      tenantId,
      location,
      permissionModel,
      network,
    },
    consumers: [...paths, ...(kept?.consumers ?? [])].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
    ...(Object.keys(versions).length > 0 && { versions }),
    ...(Object.keys(expiries).length > 0 && { expiries }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
};

/** Where a firewall blocks the data plane, the material of a version cannot be read: the material recorded before stays. */
const versionsOf = ({ versions }: KeyObservation, before: Baseline | undefined): NonNullable<Baseline['versions']> =>
  Object.fromEntries(
    Object.entries(versions)
      .filter(([, fact]) => fact.kind === 'present')
      .map(([version, fact]) => {
        const material =
          (fact.kind === 'present' ? fact.value.material : undefined) ?? before?.versions?.[version]?.material;
        return [version, material === undefined ? {} : { material }];
      }),
  );

/**
 * The tags of a version are remembered, because they may hold a do-not-heal mark: after the deletion of its vault the
 * version cannot be read.
 */
const tagsOf = ({ versions }: KeyObservation): NonNullable<Baseline['tags']> =>
  Object.fromEntries(
    Object.values(versions).flatMap((fact) =>
      fact.kind === 'present' && Object.keys(fact.value.tags).length > 0 ? [[fact.value.kid, fact.value.tags]] : [],
    ),
  );

/**
 * Expiries of the versions that a consumer names itself. The other consumers follow the current version, which changes
 * without a fault. An expiry that somebody may have set to end a version is not recorded as intended: the expiry
 * recorded before stays.
 */
const expiriesOf = (
  observation: KeyObservation,
  paths: readonly BaselineConsumer[],
  before: Baseline | undefined,
): NonNullable<Baseline['expiries']> => {
  const ours = new Set(paths.map(({ id }) => id));
  const states = (one: ConsumerFacts, version: string): boolean =>
    ours.has(one.id.toLowerCase()) && statedVersions([one]).includes(version);
  const pins = readPins(observation).filter(({ consumers, version }) => consumers.some((one) => states(one, version)));
  return Object.fromEntries(
    pins.flatMap(({ kid, facts }): readonly (readonly [string, string])[] => {
      const last = before?.expiries?.[kid];
      if (!wasExpirySet(facts, before ? { baseline: before } : {})) return [[kid, facts.expiresOn ?? 'never']];
      return last === undefined ? [] : [[kid, last]];
    }),
  );
};

const nameOf = ({ id, use, kid }: BaselineConsumer): string => `${id} ${use} ${kid}`;

const areKnown = (consumers: readonly ConsumerFacts[]): boolean =>
  consumers.every(({ state, principalId }) => state.kind !== 'unknown' && principalId.kind !== 'unknown');

/**
 * The access path of a consumer. `undefined` where the consumer was not seen to have access: a repair would give back
 * access that the consumer never had.
 */
const pathOf = (
  consumer: ConsumerFacts,
  observation: KeyObservation,
  before: Baseline | undefined,
): BaselineConsumer | undefined => {
  const { id, birth, kind, pinned, use = 'active', otherKeys, principalId, identity } = consumer;
  if (principalId.kind !== 'present') return undefined;
  const last = inBaseline(before, consumer);
  const same = last?.principalId === principalId.value ? last : undefined;
  if (!isSeenToWork(consumer, observation, same)) return undefined;
  const access = accessOf(consumer, observation);
  const reader = (access.kind === 'present' ? access.value.reader : undefined) ?? same?.reader;
  const roles = access.kind === 'present' ? access.value.roles : same?.roles;
  const machines = runningOf(consumer) ?? last?.machines;
  return {
    id: id.toLowerCase(),
    kind,
    use,
    kid: pinned.kid,
    ...(birth !== undefined && { birth }),
    ...(otherKeys && { otherKeys: otherKeys.toSorted() }),
    principalId: principalId.value,
    ...(identity && { identity }),
    permissions: access.kind === 'present' ? access.value.permissions.toSorted() : (same?.permissions ?? []),
    ...(reader !== undefined && { reader }),
    ...(roles && { roles }),
    ...(machines && { machines }),
  };
};

/**
 * Judges by the access of the consumer. If its access is unknown, the state decides. A consumer that is busy or stopped
 * proves nothing by its state, nor do some kinds and uses: then the last baseline decides.
 */
const isSeenToWork = (
  consumer: ConsumerFacts,
  observation: KeyObservation,
  last: BaselineConsumer | undefined,
): boolean => {
  const { state, federatedClientId } = consumer;
  if (state.kind !== 'present' || state.value.state === 'inaccessible' || federatedClientId !== undefined) return false;
  const missing = missingOf(consumer, observation);
  if (missing) return missing.length === 0;
  return (state.value.state === 'ready' && provesKey(consumer)) || last !== undefined;
};

const runningOf = ({ machines }: ConsumerFacts): readonly string[] | undefined =>
  machines?.kind === 'present'
    ? machines.value
        .filter(({ power }) => power === 'running')
        .map(({ id }) => id.toLowerCase())
        .toSorted()
    : undefined;

/** Whether a healthy snapshot says something new. */
export const differs = (baseline: unknown, snapshot: Baseline | undefined): snapshot is Baseline =>
  snapshot !== undefined && !isSameJson(baseline, snapshot);
