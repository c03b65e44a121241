import { describe, expect, it } from 'vitest';
import { ACTION_ROWS, type SceneName } from './actions.ts';
import { playWithout, type Seen } from './play-without.ts';

const whole = new Map<SceneName, Promise<Seen>>();
const withTheWholeRole = (scene: SceneName): Promise<Seen> => {
  const played = whole.get(scene) ?? playWithout(scene);
  whole.set(scene, played);
  return played;
};

/** The differences from the whole role: a consumer is not healed, Azure refuses, the report does not see. */
const worse = (seen: Seen, before: Seen): readonly string[] => [
  ...seen.unhealed.filter((one) => !before.unhealed.includes(one)).map((one) => `not healed: ${one}`),
  ...seen.refused.filter((one) => !before.refused.includes(one)).map((one) => `refused: ${one}`),
  ...seen.report.filter((one) => !before.report.includes(one)).map((one) => `reported: ${one}`),
];

const PLAYED = Object.entries(ACTION_ROWS).flatMap(([name, { scene }]) =>
  scene === 'estate' ? [] : [[name, scene] as const],
);

describe('with the whole role', () => {
  it.each([...new Set(PLAYED.map(([, scene]) => scene))])(
    'everything of the scene %s is healed, and the product lacks nothing of its role',
    async (scene) => {
      const { unhealed, lacking } = await withTheWholeRole(scene);
      expect({ unhealed, lacking }).toEqual({ unhealed: [], lacking: [] });
    },
  );
});

describe('with the whole role but one action', () => {
  it.each(PLAYED)('%s: it is missed, and the product says that it lacks it', async (name, scene) => {
    const seen = await playWithout(scene, name);
    expect(worse(seen, await withTheWholeRole(scene))).not.toEqual([]);
    expect(seen.lacking.join('\n')).toContain(name.replace(/^data /, ''));
  });
});
