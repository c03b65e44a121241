import { expect, it } from 'vitest';
import { asText } from '../../cli/sheet/as-text.ts';
import { wouldHaveSheet } from '../../cli/sheets/would-have.ts';

const said = (mode: 'observe' | 'auto'): string => {
  const at = { now: '2026-11-30T08:00:00Z', from: '2026-11-23T08:00:00Z', to: '2026-11-30T08:00:00Z' };
  return asText(wouldHaveSheet({ ...at, mode, value: [] }), 200);
};

it('of a time in which nothing was held back, the mode that was never held to anything less says so', () => {
  expect(said('observe')).toBe(
    'Mode auto would have done nothing more than mode observe from 2026-11-23 to 2026-11-30.',
  );
  expect(said('auto')).toBe(
    'The mode is auto, and no other held it back from 2026-11-23 to 2026-11-30. What it did: cmk-guardian incident.',
  );
});
