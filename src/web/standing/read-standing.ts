import { FEW, readEach } from '../../loop/memory/read-each.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Store } from '../../store/store.ts';
import type { Standing } from './lines-of.ts';

type Sources = { readonly store: Pick<Store, 'keyRows'> };

/** Nobody uses it any more: its consumers were missed for long enough to be forgotten, or have gone over to another key. */
const isLeft = ({ consumers }: Pick<Standing, 'consumers'>): boolean =>
  consumers !== undefined && consumers.consumers.length === 0;

const harmsNobody = ({ verdict }: Standing): boolean =>
  verdict?.decision.findings.every(({ harm }) => harm.every(({ level }) => level === 'none')) ?? true;

/**
 * Those of many that somebody uses. Who is harmed was seen at the last look; of the others it is asked who uses them, one by one where
 * they are few.
 */
const withoutLeft = async (sources: Sources, all: readonly Standing[]): Promise<readonly Standing[]> => {
  const doubtful = all.filter(harmsNobody).map(({ keyId }) => keyId);
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

/** These keys, so far as anybody uses them. A call for each, or a pass over all where they are many. */
export const readKeys = async (sources: Sources, keyIds: readonly string[]): Promise<readonly Standing[]> => {
  if (keyIds.length <= FEW) return (await readEach(sources, keyIds)).filter((state) => !isLeft(state));
  const meant = new Set(keyIds);
  return readMany(sources, (keyId) => meant.has(keyId));
};

/**
 * Every key that was assessed, and that anybody uses, with who uses it: two passes, over what was said of all and over who uses them.
 * `isMeant` leaves keys out.
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
 * The keys with which something is wrong. What is well is told apart by the kind of its verdict, in one call per 1,000 keys, and not
 * read; a verdict of an earlier version does not tell that by itself.
 */
export const readWrongKeys = async (sources: Sources): Promise<readonly Standing[]> => {
  const wrong: string[] = [];
  for await (const { keyId, kind, isFailing } of sources.store.keyRows.listVerdictKinds())
    if (kind !== 'healthy' || isFailing) wrong.push(keyId);
  return readKeys(sources, wrong);
};
