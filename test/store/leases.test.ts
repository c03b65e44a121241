import { describe, expect, it } from 'vitest';
import type { SeenLease } from '../../src/store/leases.ts';
import { useAzurite } from '../builders/azurite.ts';

const MINUTE = 60_000;
const noon = Date.parse('2026-01-01T12:00:00Z');
const iso = (instant: number) => new Date(instant).toISOString();

const expectLease = <Answer extends { kind: string }>(answer: Answer): Answer & SeenLease => {
  if (!('row' in answer)) throw new Error(`The lease was ${answer.kind}.`);
  return answer as Answer & SeenLease;
};

describe('the lease of a target', () => {
  const { newStore } = useAzurite();

  /** A store whose clock stands at noon until it is moved. */
  const atNoon = () => {
    let instant = noon;
    const { leases } = newStore(() => instant);
    const pass = (ms: number) => {
      instant += ms;
    };
    return { leases, pass, abortAt: () => iso(instant + MINUTE) };
  };

  it('goes to one of many who want it at once', async () => {
    const { leases } = atNoon();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((owner) => leases.take('server', owner)));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['busy', 'busy', 'busy', 'busy', 'taken']);
  });

  it('is the next one’s as soon as its owner releases it', async () => {
    const { leases } = atNoon();
    const lease = expectLease(await leases.take('server', 'a'));
    await leases.release('server', 'a', lease);
    expect((await leases.take('server', 'b')).kind).toBe('taken');
  });

  it('is not released by anyone else', async () => {
    const { leases } = atNoon();
    await leases.take('server', 'a');
    await leases.release('server', 'b');
    expect((await leases.take('server', 'b')).kind).toBe('busy');
  });

  it('of a step that died is free after a quarter of an hour', async () => {
    const { leases, pass } = atNoon();
    await leases.take('server', 'a');
    expect(await leases.take('server', 'b')).toEqual({ kind: 'busy', until: iso(noon + 15 * MINUTE) });
    pass(15 * MINUTE);
    expect((await leases.take('server', 'b')).kind).toBe('taken');
  });

  it('may be asked for twice by the same step', async () => {
    const { leases } = atNoon();
    await leases.take('server', 'a');
    expect((await leases.take('server', 'a')).kind).toBe('taken');
  });

  it('that was lost while its owner was down is found lost, whatever the owner remembers', async () => {
    const { leases, pass, abortAt } = atNoon();
    const remembered = expectLease(await leases.take('server', 'a'));
    pass(15 * MINUTE);
    await leases.take('server', 'b');
    expect(await leases.verifyAndFence('server', 'a', abortAt(), remembered)).toEqual({ kind: 'lost' });
  });

  it('keeps a second run of the same write away until the first has been answered', async () => {
    const { leases, abortAt } = atNoon();
    const lease = expectLease(await leases.take('server', 'a'));
    const first = expectLease(await leases.verifyAndFence('server', 'a', abortAt(), lease));
    expect((await leases.verifyAndFence('server', 'a', abortAt(), lease)).kind).toBe('busy');
    await leases.clearFence(first);
    expect((await leases.verifyAndFence('server', 'a', abortAt())).kind).toBe('fenced');
  });

  it('stays fenced for a margin after the request was given up', async () => {
    const { leases, pass, abortAt } = atNoon();
    await leases.take('server', 'a');
    const until = abortAt();
    await leases.verifyAndFence('server', 'a', until);
    pass(MINUTE);
    expect((await leases.verifyAndFence('server', 'a', abortAt())).kind).toBe('busy');
    pass(MINUTE / 2);
    expect((await leases.verifyAndFence('server', 'a', abortAt())).kind).toBe('fenced');
  });

  it('keeps the fence of another attempt when an old one clears its own', async () => {
    const { leases, pass, abortAt } = atNoon();
    await leases.take('server', 'a');
    const old = expectLease(await leases.verifyAndFence('server', 'a', abortAt()));
    pass(2 * MINUTE);
    await leases.verifyAndFence('server', 'a', abortAt());
    await leases.clearFence(old);
    expect((await leases.take('server', 'a')).kind).toBe('busy');
  });

  it('keeps its fence when it is released', async () => {
    const { leases, abortAt } = atNoon();
    await leases.take('server', 'a');
    await leases.verifyAndFence('server', 'a', abortAt());
    await leases.release('server', 'a');
    expect((await leases.take('server', 'b')).kind).toBe('busy');
  });
});
