import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Target } from '../../../src/azure/apply/target.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { writeStep } from '../../../src/loop/step/write-step.ts';
import { type KeyObservation, present } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { Reach } from '../../../src/remediation/model/reach.ts';
import { parseResourceId } from '../../../src/remediation/model/resource-id.ts';
import type { LeaseRow } from '../../../src/remediation/protocol/lease.ts';
import { emptyChain } from '../../../src/remediation/protocol/ledger.ts';
import type { Step } from '../../../src/remediation/steps/step.ts';
import type { Tagged } from '../../../src/remediation/steps/tagged.ts';
import type { SeenLease } from '../../../src/store/leases.ts';
import { down, lost, planFor } from '../../builders/decision.ts';
import { anObservation, aSingleServer, aVault, aVersion, KEY, NOW, V1 } from '../../builders/observation.ts';
import { policyIn, someRecords } from '../../builders/policy.ts';

const SECOND = 1_000;
const MARK = { 'cmk-guardian:do-not-heal': '' };
const disabled = anObservation([aVersion(V1, { enabled: false })], [down]);

const closed = anObservation([aVersion()], [down], {
  vault: present(aVault({ network: { ...aVault().network, bypass: 'None' } })),
});

const subscriptionOf = (id: string): string => parseResourceId(id)?.subscriptionId ?? '';

const firstStep = (observation: KeyObservation): Step => {
  const [first] = planFor(observation).steps;
  if (first === undefined) throw new Error('the plan has steps');
  return first;
};

type Scene = {
  readonly step?: Step;
  readonly readMs?: number;
  /** On the vault, and on every consumer. */
  readonly vaultTags?: Tagged['tags'];
  readonly consumerTags?: Tagged['tags'];
  /** On every version, where a step reads it only for its tags. */
  readonly versionTags?: Tagged['tags'];
  /** Of another key in the vault. */
  readonly neighbourTags?: Tagged['tags'];
  /** Ids in scope (`scopes`) and ids outside of it (`excluded`), when the write is about to begin. */
  readonly scopes?: readonly string[];
  readonly excluded?: readonly string[];
};

/** A target that has drifted and takes so long to read, and everything that is sent to it. */
const drifted = ({
  step = firstStep(lost),
  readMs = 0,
  vaultTags = {},
  consumerTags = {},
  versionTags = {},
  neighbourTags = {},
  scopes = [`/subscriptions/${subscriptionOf(down.id)}`],
  excluded = [],
}: Scene) => {
  const sent: number[] = [];
  const fences: (string | undefined)[] = [];
  const lease = (fence?: LeaseRow['fence']): SeenLease => {
    fences.push(fence?.id);
    return { row: { target: step.target, owner: 'me', ...(fence && { fence }) }, etag: `${fences.length}` };
  };
  const read: string[] = [];
  const readTarget = async (): Promise<Target> => {
    read.push(step.target);
    vi.setSystemTime(Date.now() + readMs);
    const send = async () => {
      sent.push(Date.now());
      return { kind: 'done', why: 'Azure accepted it', correlationIds: [] } as const;
    };
    return { kind: 'drift', why: 'it has expired', tagged: [{ name: 'contoso', tags: vaultTags }], send };
  };
  // Before it is read anew, a worker knows what was in scope when it last looked.
  let reach: Pick<Reach, 'scopes' | 'excluded'> = {
    scopes: [`/subscriptions/${subscriptionOf(down.id)}`],
    excluded: [],
  };
  const guardian = {
    settings: { policy: policyIn('auto', { autoReverse: 'all' }), reach: () => reach },
    renewReach: async () => {
      reach = { scopes, excluded };
    },
    azure: {
      readTarget,
      readKeyVersion: async () => present(aVersion(V1, { tags: versionTags })),
      readTags: async (ids: readonly string[]) => present(ids.map((name) => ({ name, tags: consumerTags }))),
    },
    store: {
      leases: {
        verifyAndFence: async (_target: string, _owner: string, deadline: string) => ({
          kind: 'fenced',
          ...lease({ id: 'mine', deadline }),
        }),
        clearFence: async () => lease(),
      },
      keyRows: {
        listUsers: async function* () {
          const neighbour = aSingleServer('neighbour', { tags: neighbourTags });
          yield { keyId: `https://${KEY.host}/keys/other`, consumers: { at: '', consumers: [neighbour] } };
        },
      },
      records: { policyRecordsNow: async () => present(someRecords()) },
    },
  } as unknown as Guardian;
  const run = {
    keyId: keyId(KEY),
    incident: 'incident-1',
    step,
    authority: { kind: 'policy' },
    head: emptyChain,
    owner: 'me',
    at: NOW.toISOString(),
  } as const;
  return {
    sent,
    read,
    fences,
    write: () => writeStep(guardian, { ...run, lease: lease() }),
  };
};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('A write', () => {
  it('is sent once while its fence stands', async () => {
    const { sent, write } = drifted({ readMs: 50 * SECOND });
    expect(await write()).toMatchObject({ kind: 'done' });
    expect(sent).toHaveLength(1);
  });

  it.each([57, 60, 90, 600])(
    'is not sent where its target took %d s to read: it waits, to be fenced anew',
    async (s) => {
      const { fences, sent, write } = drifted({ readMs: s * SECOND });
      expect(await write()).toMatchObject({ kind: 'waiting', until: expect.any(String) });
      expect(sent).toEqual([]);
      expect(fences.at(-1)).toBeUndefined();
    },
  );

  it.each([
    ['its vault', { vaultTags: MARK }],
    ['a consumer that would get its access back', { step: firstStep(disabled), consumerTags: MARK }],
    ['the key, where only its vault is changed', { step: firstStep(closed), versionTags: MARK }],
    ['a consumer of another key, where the whole vault is opened', { step: firstStep(closed), neighbourTags: MARK }],
  ])('is not sent where a do-not-heal tag has been put on %s', async (_, scene) => {
    const { fences, sent, write } = drifted(scene);
    expect(await write()).toMatchObject({ kind: 'cancelled', why: expect.stringMatching(/carrie[ds] the tag/) });
    expect(sent).toEqual([]);
    expect(fences.at(-1)).toBeUndefined();
  });

  it('that gives nobody access is sent whatever its consumers carry: they were judged before', async () => {
    expect(await drifted({ consumerTags: MARK }).write()).toMatchObject({ kind: 'done' });
    expect(await drifted({ step: firstStep(disabled), neighbourTags: MARK }).write()).toMatchObject({ kind: 'done' });
    expect(await drifted({ step: firstStep(closed) }).write()).toMatchObject({ kind: 'done' });
  });
});

describe('A repair that is under way when its place is let go', () => {
  const revalidation = planFor(lost).steps.find(({ kind }) => kind === 'revalidateConsumer');
  const elsewhere = '/subscriptions/99999999-0000-4000-8000-000000000000';

  it.each([
    ['whom it serves', { step: firstStep(lost), excluded: [down.id] }],
    ['what it writes to', { ...(revalidation && { step: revalidation }), excluded: [down.id] }],
    ['the vault of its key', { step: firstStep(lost), scopes: [down.id] }],
    ['the vault that it changes', { step: firstStep(closed), scopes: [down.id] }],
    ['everything', { step: firstStep(disabled), scopes: [elsewhere] }],
  ])('reads and writes nothing more and says why, where %s is out of scope', async (_, scene) => {
    const { fences, read, sent, write } = drifted(scene);
    expect(await write()).toMatchObject({ kind: 'cancelled', why: expect.stringContaining('is out of scope now') });
    expect({ read, sent }).toEqual({ read: [], sent: [] });
    expect(fences.at(-1)).toBeUndefined();
  });

  it('goes on for who is still in scope', async () => {
    const two = anObservation([aVersion(V1, { enabled: false })], [down, aSingleServer('other')]);
    const { sent, write } = drifted({ step: firstStep(two), excluded: [down.id] });
    expect(await write()).toMatchObject({ kind: 'done' });
    expect(sent).toHaveLength(1);
  });
});
