import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../../bench/event/kinds.ts';
import { figuresOf, type Round } from '../../bench/event/measure-event.ts';
import { parseKeyVaultEvent } from '../../src/signals/key-vault-event.ts';
import { parseResourceEvent } from '../../src/signals/resource-event.ts';

const kindNamed = (wanted: string): Kind => {
  const kind = KINDS.find(({ name }) => name === wanted);
  if (!kind) throw new Error(`There is no kind ${wanted}.`);
  return kind;
};

const heard = ({ functionName, event }: Kind) =>
  (functionName === 'on-key-vault-event' ? parseKeyVaultEvent : parseResourceEvent)(event(7));

describe('The events that the bench sends are what it says of them', () => {
  it.each([
    ['eventKnownKey', { kind: 'signal', about: 'validity', vaultName: 'kv-scale-1', keyName: 'cmk-7' }],
    ['eventUnusedKey', { kind: 'signal', about: 'validity', keyName: 'unused-7' }],
    ['eventUnusedVersion', { kind: 'signal', about: 'newVersion', keyName: 'unused-7' }],
    ['eventElsewhere', { kind: 'ignored', why: expect.stringContaining('microsoft.web/sites') }],
  ])('%s', (name, parsed) => expect(heard(kindNamed(name))).toMatchObject(parsed));
});

describe('The figures of a kind of events', () => {
  const round = (storage: number, ms: number): Round => ({ product: { storage, azure: 0, ms }, emptyMs: 0.5 });

  it('are the medians of its rounds, each against the empty function of the same round', () => {
    const figures = figuresOf(kindNamed('eventElsewhere'), [round(0, 1), round(0, 6), round(1, 2)]);
    expect(figures.map(({ figure }) => [figure.name, figure.value, figure.holds])).toEqual([
      ['eventElsewhereStorage', 0, true],
      ['eventElsewhereProcessor', 4, true],
    ]);
  });

  it('do not hold where a look costs one call more than it needs, or an event that is not ours one at all', () => {
    const holds = (name: string, storage: number) => figuresOf(kindNamed(name), [round(storage, 1)])[0]?.figure.holds;
    const most = kindNamed('eventKnownKey').goals.storage;
    expect([holds('eventKnownKey', most), holds('eventKnownKey', most + 1)]).toEqual([true, false]);
    expect(holds('eventElsewhere', 0.1)).toBe(false);
  });

  it('are without processor time where no system tells what another process has used', () => {
    const figures = figuresOf(kindNamed('eventKnownKey'), [round(8, Number.NaN)]);
    expect(figures.map(({ figure }) => figure.name)).toEqual(['eventKnownKeyStorage']);
  });
});
