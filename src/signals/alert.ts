import { parseKeyId } from '../remediation/model/key-ref.ts';
import { parentOf, parseLooseResourceId, parseResourceId, type ResourceId } from '../remediation/model/resource-id.ts';
import type { AlertNames, AlertReading } from './alert-reading.ts';
import { isCommon, readCommon } from './common-alert.ts';
import { soleIn } from './embedded-json.ts';
import { readLegacy } from './legacy-alert.ts';
import { looseFields } from './loose-fields.ts';
import { isOwnEvent, OWN_EVENT } from './own-event.ts';
import { type ResourceSignal, signalOf } from './resource-event.ts';
import { textsIn } from './texts-in.ts';

/** The most resources that one alert may name. Azure's own alerts name one, and a rule as many as it has targets. */
const MOST_TARGETS = 50;

/** The resources in these texts, each once: two ids that differ only in casing are one resource. */
const resourcesIn = (targets: readonly unknown[]): readonly ResourceId[] => {
  const parsed = targets
    .slice(0, 10 * MOST_TARGETS)
    .flatMap((one) => (typeof one === 'string' ? (parseLooseResourceId(one) ?? []) : []));
  return [...new Map(parsed.map((one) => [one.id, one])).values()];
};

const NAME = /^[0-9a-z-]{1,127}$/;

/** The path of a request: the operation follows the version, `…/keys/{name}/{version}/unwrapkey`. */
const OPERATION = /^(https:\/\/[^/]{1,200}\/keys\/[0-9a-z-]{1,127}\/[0-9a-z]{1,64})\/[a-z]{1,20}$/;

/** The name of a key. The text may be the name, a key identifier, or the URL of a request. */
const keyNameIn = (value: unknown, vaultName: string): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase().split('?', 1)[0] ?? '';
  if (NAME.test(text)) return text;
  const parsed = parseKeyId(text.replace(OPERATION, '$1'));
  return parsed && parsed.key.host.split('.', 1)[0] === vaultName ? parsed.key.name : undefined;
};

/**
 * The signals, each once: many ids may give the same signal, for example the parts of a server, or role assignments at one scope.
 */
const distinct = (signals: readonly ResourceSignal[]): readonly ResourceSignal[] => [
  ...new Map(
    signals.map((one) => [JSON.stringify([one.about, one.id, 'keyName' in one && one.keyName]), one]),
  ).values(),
];

/**
 * Where the alert names one vault and one key, only that key is looked at. In all other cases nothing says which key belongs to
 * which vault.
 */
const withKey = (signals: readonly ResourceSignal[], { keys }: AlertNames): readonly ResourceSignal[] => {
  const [signal, ...more] = signals;
  if (signal?.about !== 'vault' || more.length > 0 || keys.length === 0) return signals;
  const vaultName = parseResourceId(signal.id)?.names[0] ?? '';
  const names = new Set(keys.map((one) => keyNameIn(one, vaultName)));
  const [keyName] = names;
  return names.size === 1 && keyName !== undefined ? [{ ...signal, keyName }] : signals;
};

const KEYS = new Set(['microsoft.keyvault/vaults/keys', 'microsoft.keyvault/vaults/keys/versions']);

/**
 * The signal of a resource. The operation in the alert does not matter: any change of an identity is a reason to look, so the
 * signal is that of a deletion.
 */
const signalOfAlert = (resource: ResourceId): ResourceSignal | undefined => {
  const [, keyName] = resource.names;
  if (keyName === undefined || !KEYS.has(resource.type ?? '')) return signalOf(resource, 'delete');
  const key = resource.names.length > 2 ? parentOf(resource.id) : resource.id;
  return { kind: 'signal', about: 'vault', id: parentOf(key), keyName };
};

const isOfTest = ({ alertId }: AlertNames, resources: readonly ResourceId[]): boolean =>
  alertId?.toLowerCase().endsWith('/test_alert') === true ||
  (resources.length > 0 && resources.every(({ resourceGroup }) => resourceGroup === 'test-rg'));

const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200);

const judge = (named: AlertNames): AlertReading => {
  const { schema, state, rule, contradiction, about } = named;
  const known = { schema, state, ...(rule !== undefined && { rule: oneLine(rule) }) };
  const held = (why: string): AlertReading => ({ ...known, reading: 'quarantine', ids: [], signals: [], why });
  if (contradiction !== undefined) return held(contradiction);
  const resources = resourcesIn(named.targets);
  if (resources.length > MOST_TARGETS) return held(`it names more than ${MOST_TARGETS} resources`);
  const ours = resources.flatMap((one) => {
    const signal = signalOfAlert(one);
    return signal ? [{ id: one.id, signal }] : [];
  });
  if (ours.length > 0) {
    const signals = withKey(
      ours.map(({ signal }) => signal),
      named,
    );
    const ids = ours.map(({ id }) => id);
    return { ...known, reading: 'names', ids, signals: distinct(signals), why: `it names ${ids.join(', ')}` };
  }
  const ids = resources.map(({ id }) => id);
  if (ids.length === 0 && about === undefined) return held('it names no resource');
  const isTest = isOfTest(named, resources);
  const why = isTest
    ? 'the test of an action group: it names resources that do not exist'
    : `it is about ${about ?? ids.join(', ')}`;
  return { ...known, reading: 'ignore', ids, signals: [], why, ...(isTest && { isTest }) };
};

/** From an alert of an unknown shape the product only uses ids of resources on access paths. */
const readUnknown = (payload: unknown): AlertReading => {
  const named: AlertNames = { schema: 'unknown', state: 'none', targets: textsIn(payload), keys: [] };
  const reading = judge(named);
  if (reading.reading === 'names') return reading;
  const why = 'it has no schema that is known, and names nothing that keys hang on';
  return { ...reading, reading: 'quarantine', ids: [], why };
};

/**
 * Reads the alert of an Azure Monitor action group, in the common schema or another one. The time is linear in the size of the
 * payload, which the route limits. The resources that it names are a reason to look, never a fact, and are not yet checked
 * against the scope.
 */
export const readAlert = (json: unknown): AlertReading => {
  const sent = soleIn(json);
  if (isOwnEvent(sent))
    return { schema: 'unknown', state: 'none', reading: 'ignore', ids: [], signals: [], why: OWN_EVENT };
  const payload = looseFields(sent);
  if (isCommon(payload)) return judge(readCommon(payload));
  const legacy = readLegacy(payload);
  return legacy ? judge(legacy) : readUnknown(sent);
};
