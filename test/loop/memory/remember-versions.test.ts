import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { rememberVersions } from '../../../src/loop/memory/remember-versions.ts';
import { absent, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { KnownConsumers } from '../../../src/store/key-state.ts';
import { aBaseline } from '../../builders/baseline.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  GROUP,
  inaccessible,
  KEY,
  kidOf,
  V1,
  V2,
} from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const MARK = { 'cmk-guardian:do-not-heal': '' };
const seen = anObservation([aVersion(V1, { tags: MARK })], [aSingleServer()]);
const unmarked = anObservation([aVersion()], [aSingleServer()]);
const GONE = `${GROUP}/providers/Microsoft.DBforMySQL/servers/gone`.toLowerCase();

type Azure = Pick<Guardian['azure'], 'readKeyUser' | 'readKeyVersion'>;
const blind: Azure = {
  readKeyUser: async () => unknown('403'),
  readKeyVersion: async () => unknown('403'),
};

/** The entries after this look, where these versions were marked before, with the other facts that were read for it. */
const enteredAfter = async (
  observation: KeyObservation,
  marked: readonly string[],
  azure: Partial<Azure> = {},
  baseline?: unknown,
  missed: Readonly<Record<string, string>> = {},
  before: Partial<KnownConsumers> = {},
) => {
  const entered: unknown[] = [];
  const guardian = {
    settings: { policy: policyIn('auto') },
    store: { consumerIndex: { setSeen: async (_key: string, news: unknown) => entered.push(news) } },
    azure: { ...blind, ...azure },
  } as unknown as Guardian;
  const consumers = { at: '', consumers: [aSingleServer()], cost: 1, marked, ...before };
  const state = { keyId: keyId(KEY), consumers, baseline, attempts: [], incident: undefined };
  await rememberVersions(guardian, state, observation, missed);
  return entered;
};

describe('What reading the versions costs', () => {
  const hsm = anObservation([aVersion(V1, { keyType: 'RSA-HSM', keySize: 4096 })], [aSingleServer()]);

  it('is entered when it was seen first, and when it is another', async () => {
    expect(await enteredAfter(unmarked, [], {}, undefined, {}, { cost: undefined })).toEqual([
      { cost: 1, marked: [], missed: {} },
    ]);
    expect(await enteredAfter(hsm, [])).toEqual([{ cost: 16, marked: [], missed: {} }]);
    expect(await enteredAfter(hsm, [], {}, undefined, {}, { cost: 16 })).toEqual([]);
  });

  it('stays what it was where a vault that is asked too much shows nothing', async () => {
    const throttled = { ...hsm, versions: { [V1]: unknown('429') } };
    expect(await enteredAfter(throttled, [], {}, undefined, {}, { cost: 16 })).toMatchObject([{ cost: 16 }]);
  });
});

describe('Since when something is missed', () => {
  it('is entered when it begins and when it is over, and only then', async () => {
    const since = { [`key ${keyId(KEY)}`]: '2026-11-22T12:00:00.000Z' };
    const none = [{ cost: 1, marked: [], missed: {} }];
    expect(await enteredAfter(unmarked, [], {}, undefined, since)).toEqual([{ ...none[0], missed: since }]);
    expect(await enteredAfter(unmarked, [], {}, undefined, since, { missed: since })).toEqual([]);
    expect(await enteredAfter(unmarked, [], {}, undefined, {}, { missed: since })).toEqual(none);
  });
});

describe('Since when a key is asked in vain', () => {
  it('is entered when it begins and when it is its time again, and not by each sweep that sees it meanwhile', async () => {
    const hidden = { ...unmarked, vault: unknown('a firewall') };
    const hiddenAt = (minute: number): KeyObservation => ({ ...hidden, observedAt: `2026-03-02T00:${minute}:00.000Z` });
    const asked = { since: '2026-03-02T00:10:00.000Z', at: '2026-03-02T00:20:00.000Z' };
    const news = { cost: 1, marked: [], missed: {} };
    const begun = { since: '2026-03-02T00:10:00.000Z', at: '2026-03-02T00:10:00.000Z' };
    expect(await enteredAfter(hiddenAt(10), [])).toEqual([{ ...news, inVain: begun }]);
    expect(await enteredAfter(hiddenAt(25), [], {}, undefined, {}, { inVain: asked })).toEqual([]);
    expect(await enteredAfter(hiddenAt(30), [], {}, undefined, {}, { inVain: asked })).toEqual([
      { ...news, inVain: { ...asked, at: '2026-03-02T00:30:00.000Z' } },
    ]);
    expect(await enteredAfter(unmarked, [], {}, undefined, {}, { inVain: asked })).toEqual([news]);
  });
});

describe('A mark on a version', () => {
  it('is entered when it is new or was taken away, and only then', async () => {
    expect(await enteredAfter(seen, [])).toEqual([{ cost: 1, marked: [kidOf(V1)], missed: {} }]);
    expect(await enteredAfter(unmarked, [kidOf(V1)])).toEqual([{ cost: 1, marked: [], missed: {} }]);
    expect(await enteredAfter(seen, [kidOf(V1)])).toEqual([]);
  });
  it('is not forgotten where nobody could tell who uses the key', async () => {
    expect(await enteredAfter({ ...seen, consumers: unknown('403') }, [kidOf(V1)])).toEqual([]);
  });
  it('that nobody uses any more is read for itself, and taken out once it is gone from there', async () => {
    const read = (tags: Record<string, string>) => ({ readKeyVersion: async () => present(aVersion(V2, { tags })) });
    expect(await enteredAfter(unmarked, [kidOf(V2)])).toEqual([]);
    expect(await enteredAfter(unmarked, [kidOf(V2)], read(MARK))).toEqual([]);
    expect(await enteredAfter(unmarked, [kidOf(V2)], { readKeyVersion: async () => absent })).toEqual([]);
    expect(await enteredAfter(unmarked, [kidOf(V2)], read({}))).toEqual([{ cost: 1, marked: [], missed: {} }]);
  });
});

describe('A mark on a consumer', () => {
  const marks = anObservation([aVersion()], [aSingleServer('orders', { tags: MARK })]);
  const user = (tags: Record<string, string>, keyIds: readonly string[] = [keyId(KEY)]) => ({
    readKeyUser: async () => present({ tags, keyIds }),
  });

  it('is entered, and stays when that is gone or cannot be read', async () => {
    expect(await enteredAfter(marks, [])).toEqual([
      { cost: 1, marked: [aSingleServer('orders').id.toLowerCase()], missed: {} },
    ]);
    expect(await enteredAfter(unmarked, [GONE])).toEqual([]);
    expect(await enteredAfter(unmarked, [GONE], { readKeyUser: async () => absent })).toEqual([]);
    expect(await enteredAfter(unmarked, [GONE], user(MARK))).toEqual([]);
  });
  it.each([
    ['the mark was taken away', user({})],
    ['it uses another key', user(MARK, ['https://elsewhere.vault.azure.net/keys/other'])],
    ['it uses none', user({}, [])],
  ])('is forgotten where %s', async (_why, azure) => {
    expect(await enteredAfter(unmarked, [GONE], azure)).toEqual([{ cost: 1, marked: [], missed: {} }]);
  });
  it('is never entered of a stranger, who binds nobody', async () => {
    const stranger = aSingleServer('stranger', {
      tags: MARK,
      state: inaccessible,
      identity: { kind: 'user', id: 'x' },
    });
    const observation = anObservation([aVersion()], [aSingleServer('orders'), stranger]);
    expect(await enteredAfter(observation, [], {}, aBaseline([aSingleServer('orders')]))).toEqual([]);
  });
});
