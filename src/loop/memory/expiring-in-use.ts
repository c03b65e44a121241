import type { KeyObservation, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { type ReadPin, readPins } from '../../remediation/observation/pins.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Store } from '../../store/store.ts';
import { FEW, readEach } from './read-each.ts';
import { rememberedOf } from './remembered.ts';

type User = { readonly id: string; readonly name: string; readonly kind: string };

/** A version that a consumer uses and that expires. */
export type Expiring = {
  readonly state: KeyState;
  readonly observation: KeyObservation;
  readonly facts: KeyVersionFacts & { readonly expiresOn: string };
  /** Each consumer once, even if it uses the version in several ways. */
  readonly users: readonly User[];
};

const ALL = { from: '0', to: 'g' } as const;

const usersIn = ({ consumers }: ReadPin): readonly User[] => [
  ...new Map(consumers.map(({ id, kind, name }) => [id.toLowerCase(), { id, name, kind }])).values(),
];

/** The versions of a key that a consumer uses and that expire. */
const expiringOf = (state: KeyState, doNotHealTag: string, now: Date): readonly Expiring[] => {
  const observation = rememberedOf(state, doNotHealTag, now);
  return readPins(observation).flatMap((pin) => {
    const { expiresOn } = pin.facts;
    return expiresOn === undefined
      ? []
      : [{ state, observation, facts: { ...pin.facts, expiresOn }, users: usersIn(pin) }];
  });
};

/**
 * The states of keys with a version that expires by then: one call for each key, or, for many keys, one pass over all
 * rows.
 */
const statesUntil = async (
  { keyRows }: Pick<Store, 'keyRows'>,
  until: string,
  only: ReadonlySet<string> | undefined,
): Promise<readonly KeyState[]> => {
  const keyIds: string[] = [];
  for await (const keyId of keyRows.listExpiring(until)) if (!only || only.has(keyId)) keyIds.push(keyId);
  if (keyIds.length <= FEW) return readEach({ store: { keyRows } }, keyIds);
  const meant = new Set(keyIds);
  const states: KeyState[] = [];
  for await (const state of keyRows.list(ALL)) if (meant.has(state.keyId)) states.push(state);
  return states;
};

/** Every version in use that expires by then (ISO 8601), of the named keys or of all keys. */
export const readExpiringInUse = async (
  store: Pick<Store, 'keyRows'>,
  { until, only }: { readonly until: string; readonly only?: ReadonlySet<string> | undefined },
  doNotHealTag: string,
  now: Date,
): Promise<readonly Expiring[]> =>
  (await statesUntil(store, until, only))
    .flatMap((state) => expiringOf(state, doNotHealTag, now))
    .filter(({ facts }) => new Date(facts.expiresOn) <= new Date(until));
