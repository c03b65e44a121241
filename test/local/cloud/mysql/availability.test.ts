import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Availability,
  available,
  loseKey,
  refuseConnections,
  regainKey,
  serveAgain,
  startServing,
  stopServing,
} from '../../../../local/cloud/mysql/availability.ts';

const reason = { code: 'AzureKeyVaultKeyDisabledMessage', message: 'disabled' };

const MOVES: ((availability: Availability, at: number) => void)[] = [
  (availability, at) => loseKey(availability, { at, refusesAt: at + 5, reason }),
  regainKey,
  refuseConnections,
  serveAgain,
  stopServing,
  startServing,
];

const kinds = ({ history }: Availability) => history.map(({ kind }) => kind);

describe('what a server answers its clients', () => {
  it('goes on after the key is lost, until connections are refused', () => {
    const server = available(0);
    loseKey(server, { at: 60, refusesAt: 300, reason });
    expect(server).toMatchObject({ accepting: true, since: 0, loss: { at: 60, refusesAt: 300 } });
    refuseConnections(server, 300);
    expect(server).toMatchObject({ condition: 'inaccessible', accepting: false, since: 300 });
    expect(server.history).toEqual([
      { at: 60, kind: 'keyLost', reason },
      { at: 300, kind: 'refused', reason },
    ]);
  });

  it('is not restored by a key that works again once connections are refused', () => {
    const server = available(0);
    loseKey(server, { at: 60, refusesAt: 300, reason });
    refuseConnections(server, 300);
    regainKey(server, 360);
    expect(server).toMatchObject({ condition: 'inaccessible', accepting: false });
    serveAgain(server, 400);
    expect(server).toMatchObject({ condition: 'ready', accepting: true, since: 400 });
    expect(server.loss).toBeUndefined();
  });

  it('never changes when the key comes back in time', () => {
    const server = available(0);
    loseKey(server, { at: 60, refusesAt: 300, reason });
    regainKey(server, 120);
    refuseConnections(server, 300);
    expect(server).toMatchObject({ accepting: true, since: 0 });
    expect(kinds(server)).toEqual(['keyLost', 'keyRegained']);
  });

  it('is yes exactly while it is ready, and its history says when it changed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MOVES)), (moves) => {
        const server = available(0);
        moves.forEach((move, i) => {
          move(server, i + 1);
        });
        const turns = server.history.filter(({ kind }) => ['refused', 'ready', 'stopped', 'started'].includes(kind));
        expect(server.accepting).toBe(server.condition === 'ready');
        expect(server.since).toBe(turns.at(-1)?.at ?? 0);
        expect(server.accepting).toBe(['ready', 'started', undefined].includes(turns.at(-1)?.kind));
      }),
    );
  });
});
