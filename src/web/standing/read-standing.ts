import { FEW, readEach } from '../../loop/memory/read-each.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Store } from '../../store/store.ts';
import type { Standing } from './lines-of.ts';

type Sources = { readonly store: Pick<Store, 'keyRows'> };

/** Whether a key has no consumers any more: they were missed for long enough to be forgotten, or have moved to another key. */
const isLeft = ({ consumers }: Pick<Standing, 'consumers'>): boolean =>
  consumers !== undefined && consumers.consumers.length === 0;

const affectsNobody = ({ verdict }: Standing): boolean =>
  verdict?.decision.findings.every(({ harm }) => harm.every(({ level }) => level === 'none')) ?? true;

/**
 * Leaves out keys without consumers. A consumer that is affected was seen at the last look, so only the other keys are checked: one
 * by one where they are few, else in a pass over all keys.
 */
const withoutLeft = async (sources: Sources, all: readonly Standing[]): Promise<readonly Standing[]> => {
  const doubtful = all.filter(affectsNobody).map(({ keyId }) => keyId);
  if (doubtful.length === 0) return all;
  const left = new Set<string>();
  if (doubtful.length <= FEW) {
    for (const state of await readEach(sources, doubtful)) if (isLeft(state)) left.add(state.keyId);
  } else for await (const state of sources.store.keyRows.listConsumers()) if (isLeft(state)) left.add(state.keyId);
  return all.filter(({ keyId }) => !left.has(keyId));
};

const readMany = async (sources: Sources, isMeant: (keyId: string) => boolean): Promise<readonly Standing[]> => {
  const all: Standing[] = [];
  for await (const state of sources.store.keyRows.listSaid())
    if (isMeant(state.keyId)) all.push({ ...state, consumers: undefined });
  return withoutLeft(sources, all);
};

/**
 * The state of these keys, as far as they have consumers: with one call for each, or a pass over all keys where they are many.
 */
export const readKeys = async (sources: Sources, keyIds: readonly string[]): Promise<readonly Standing[]> => {
  if (keyIds.length <= FEW) return (await readEach(sources, keyIds)).filter((state) => !isLeft(state));
  const meant = new Set(keyIds);
  return readMany(sources, (keyId) => meant.has(keyId));
};

/**
 * Every assessed key that has consumers, with these: in two passes, over the verdicts and over the consumers. `isMeant` leaves
 * keys out.
 */
export const readAllKeys = async (
  { store: { keyRows } }: Sources,
  isMeant: (keyId: string) => boolean = () => true,
): Promise<readonly Standing[]> => {
  const users = new Map<string, KeyState['consumers']>();
  for await (const { keyId, consumers } of keyRows.listConsumers()) if (isMeant(keyId)) users.set(keyId, consumers);
  const all: Standing[] = [];
  for await (const state of keyRows.listSaid()) {
    const standing = { ...state, consumers: users.get(state.keyId) };
    if (isMeant(state.keyId) && !isLeft(standing)) all.push(standing);
  }
  return all;
};

/**
 * The keys with something wrong. Healthy keys are found by the kind of their verdict, in one call for each 1,000 keys, and are
 * not read; a verdict of an older release must be read to tell that.
 */
export const readWrongKeys = async (sources: Sources): Promise<readonly Standing[]> => {
  const wrong: string[] = [];
  for await (const { keyId, kind, isFailing } of sources.store.keyRows.listVerdictKinds())
    if (kind !== 'healthy' || isFailing) wrong.push(keyId);
  return readKeys(sources, wrong);
};
