import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import type { RecordInput } from '../../../src/loop/messages.ts';
import { tell } from '../../../src/loop/reconcile/tell.ts';
import { messageOf } from '../../../src/notifications/message-of.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { toldCauses } from '../../../src/remediation/diagnosis/root-causes.ts';
import { keyId, keyOf } from '../../../src/remediation/model/key-ref.ts';
import { assessed } from '../../builders/assessed.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, NOW, V1 } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const ill = anObservation(
  [aVersion(V1, { expiresOn: inDays(-1) })],
  [aSingleServer('orders', { state: inaccessible })],
);
const KEY = keyId(ill.key);
const decision = assessed(ill);
const well = { ...decision, kind: 'healthy', findings: [], verdicts: [], notes: [] } as const;
const toldBefore = toldCauses(decision.findings, keyOf(KEY));

const input = (assessment: object): RecordInput =>
  ({ keyId: KEY, at: NOW.toISOString(), assessment: { decision, said: [], ...assessment } }) as unknown as RecordInput;

describe('A changed verdict', () => {
  const storage = useAzurite();

  const telling = async (assessment: object, settings = { hasWebhook: true }, store: object = storage.newStore()) => {
    const told: Notice[] = [];
    const lines: string[] = [];
    const notify = async (notice: Notice) => void told.push(notice);
    const guardian = { store, settings, notify, log: (line: string) => lines.push(line) } as unknown as Guardian;
    await tell(guardian, input(assessment));
    return { told, lines };
  };

  it('of a key that is ill is told, with the time at which that was found', async () => {
    const { told } = await telling({});
    expect(told).toMatchObject([{ keyId: KEY, at: NOW.toISOString(), verdict: decision.kind }]);
  });

  it('says whom it affects, and since when at the latest: what was seen down before is down since then', async () => {
    const { told } = await telling({});
    const harm = (since: string) =>
      new RegExp(`^orders refuses all connections: a single server .*\\(down since ${since} at the latest\\)\\.$`);
    expect(told[0]?.sentences).toContainEqual(expect.stringMatching(harm(NOW.toISOString())));
    const id = decision.findings[0]?.harm[0]?.consumerId.toLowerCase() ?? '';
    const again = await telling({ since: { [`consumerInaccessible ${id}`]: inDays(-1) } });
    expect(again.told[0]?.sentences).toContainEqual(expect.stringMatching(harm(inDays(-1))));
  });

  it('says by when a consumer that still serves loses its key, and names no more than ten', async () => {
    const those = Array.from({ length: 12 }, (_, at) => aSingleServer(`server-${at}`));
    const near = assessed(anObservation([aVersion(V1, { expiresOn: inDays(2) })], those), {
      policy: policyIn('observe'),
    });
    const said = (await telling({ decision: near })).told[0]?.sentences ?? [];
    expect(said.filter((one) => one.includes(`loses its key by ${inDays(2)}: `))).toHaveLength(10);
    expect(said).toContain('2 more are affected by it.');
  });

  it('that an incident is over is told; a key that is well at the first look is in the log alone', async () => {
    const over = await telling({ decision: well, closes: true, toldBefore });
    expect(over.told[0]?.sentences).toEqual([`${KEY} is well again.`]);
    const first = await telling({ decision: well, closes: false });
    expect(first.told).toEqual([]);
    expect(first.lines).toEqual([`${KEY}: healthy. `]);
  });

  it('that an incident ends with somebody who was let go is told as just that', async () => {
    const letGo = [aSingleServer('orders').id];
    const { told } = await telling({ decision: well, closes: true, letGo, toldBefore });
    const [notice] = told;
    expect(notice?.sentences).toEqual([expect.stringContaining('It was not seen to be well again.')]);
    if (notice === undefined) throw new Error('it was not told');
    const { title, what } = messageOf({ ...notice, at: NOW.toISOString() }, {});
    expect([title, ...what].join(' ')).not.toContain('is well again');
  });

  it('says nothing twice: a finding that a note begins with is in the note alone', async () => {
    const sentence = decision.findings[0]?.sentence ?? '';
    const { told } = await telling({ decision: { ...decision, notes: [`${sentence} Look at it.`] } });
    const said = told[0]?.sentences ?? [];
    expect(said.filter((one) => one.includes(sentence))).toEqual([`${sentence} Look at it.`]);
  });

  it('of a step that is only tried again says how the last try was refused', async () => {
    const verdicts = decision.verdicts.map((one, at) => (at === 0 ? { ...one, again: 'a policy forbids it' } : one));
    const { told } = await telling({ decision: { ...decision, verdicts } });
    expect(told[0]?.sentences.filter((one) => one.includes('a policy forbids it'))).toEqual([
      expect.stringMatching(/ It is tried again; the last try was refused: a policy forbids it\.$/),
    ]);
  });

  it('that asks says by which number of its plan, and by which doors, one answers', async () => {
    const asked = assessed(ill, { policy: policyIn('approve') });
    const { told } = await telling({ decision: asked });
    const number = asked.plan.planId.slice(0, 8);
    expect(told[0]?.sentences.at(-1)).toContain(
      `plan ${number}: POST /api/plans/${asked.plan.planId}/approval or /rejection`,
    );
  });

  it('is told to all where somebody has rejected what is asked, also where another key has told of the cause', async () => {
    const store = storage.newStore();
    const asked = assessed(ill, { policy: policyIn('approve') });
    const other = { keyId: `${KEY}-other`, verdict: 'ask' };
    for (const cause of toldBefore) await store.toldCauses.claim(cause, other.verdict, other.keyId, NOW);
    expect((await telling({ decision: asked }, undefined, store)).told).toEqual([]);
    const detail = { planId: asked.plan.planId, name: 'bob@contoso.com', why: 'the customer leaves' };
    const { told } = await telling({ decision: asked, said: [{ kind: 'rejected', detail }] }, undefined, store);
    expect(told[0]?.sentences[0]).toBe(
      `bob@contoso.com has rejected the plan ${asked.plan.planId.slice(0, 8)}: the customer leaves. Another approver may still approve it, and reminders go on.`,
    );
  });

  it('that is only rejected is asked since it was asked, and its reminders go on at their times', async () => {
    const store = storage.newStore();
    const asked = assessed(ill, { policy: policyIn('approve') });
    await telling({ decision: asked }, undefined, store);
    const [first] = await store.reminders.due(inDays(9), 1);
    if (first === undefined) throw new Error('it is repeated');
    const repeated = { ...first, askedAt: inDays(-0.1), repeated: 1, dueAt: inDays(0.15) };
    await store.reminders.put(repeated);
    const detail = { planId: asked.plan.planId, name: 'bob@contoso.com', why: 'the customer leaves' };
    const down = [aSingleServer('orders').id.toLowerCase()];
    const said = [{ kind: 'rejected', detail: { ...detail, down } }];
    await telling({ decision: asked, said }, undefined, store);
    const { sentences: _, about: _parts, ...times } = repeated;
    const [after] = await store.reminders.due(inDays(9), 1);
    expect(after).toMatchObject({ ...times, sentences: expect.arrayContaining([expect.stringContaining('bob@')]) });
    await store.reminders.remove(repeated);
    await telling({ decision: asked, said }, undefined, store);
    expect(await store.reminders.due(inDays(9), 1)).toEqual([]);
    // The person who rejected did not know that this server is down: the product asks anew.
    await telling({ decision: asked, said: [{ kind: 'rejected', detail: { ...detail, down: [] } }] }, undefined, store);
    expect(await store.reminders.due(inDays(9), 1)).toMatchObject([{ askedAt: NOW.toISOString(), repeated: 0 }]);
  });

  it('is told though storage does not say who has told it already: that fails no repair', async () => {
    const toldCauses = { join: () => Promise.reject(new Error('no storage')) };
    expect((await telling({}, undefined, { toldCauses })).told).toHaveLength(1);
  });

  it('costs no call of storage where there is no webhook', async () => {
    expect((await telling({}, { hasWebhook: false }, {})).told).toHaveLength(1);
  });
});

describe('What a message tells of', () => {
  const causes = (host: string, name: string, kind: string, target: string, evidence = {}) =>
    toldCauses(
      [{ kind, target, evidence, harm: [{ level: 'active', consumerId: '/c' }], rows: [], sentence: '' }] as never,
      { host, name },
    );

  it('is one for all keys of a lost vault, and another once the vault is back and its access is gone', () => {
    const [one] = causes('kv.vault.azure.net', 'a', 'vaultDeleted', '/vaults/kv');
    expect(causes('kv.vault.azure.net', 'b', 'vaultDeleted', '/vaults/kv')).toEqual([one]);
    expect(causes('kv.vault.azure.net', 'a', 'accessMissing', '/servers/s', { vault: '/vaults/kv' })).not.toEqual([
      one,
    ]);
    expect(causes('kv.vault.azure.net', 'a', 'accessMissing', '/servers/s', { vault: '/vaults/kv' })).toEqual(
      causes('kv.vault.azure.net', 'b', 'accessMissing', '/servers/t', { vault: '/vaults/kv' }),
    );
  });

  it('is the key’s own where the key is what broke', () => {
    const one = causes('kv.vault.azure.net', 'a', 'keyDeleted', 'https://kv.vault.azure.net/keys/a');
    expect(causes('kv.vault.azure.net', 'b', 'keyDeleted', 'https://kv.vault.azure.net/keys/b')).not.toEqual(one);
  });

  it('is one for all keys of a vault of which the same cannot be read', () => {
    const unclear = (name: string, evidence: object) =>
      toldCauses(
        [{ kind: 'observationIncomplete', target: name, evidence, harm: [], rows: [], sentence: '' }] as never,
        {
          host: 'kv.vault.azure.net',
          name,
        },
      );
    expect(unclear('a', { version: 'AccessDenied to a' })).toEqual(unclear('b', { version: 'AccessDenied to b' }));
    expect(unclear('a', { version: 'x' })).not.toEqual(unclear('a', { state: 'x' }));
  });
});
