import { approveAsked, PEOPLE } from '../../acceptance/approve.ts';
import { watchHealing } from '../../acceptance/watch.ts';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { productRequests } from '../../builders/incident.ts';
import { takeOne } from '../../builders/rights.ts';
import type { SceneName } from './actions.ts';
import { type Line, postureLines } from './posture-lines.ts';
import { planOf, SCENES } from './scenes.ts';

/** The results of a scene at its end. */
export type Seen = {
  readonly unhealed: readonly string[];
  /** `METHOD path` of each request that Azure refused. */
  readonly refused: readonly string[];
  /** `row check subject: verdict` of the report's lines about other subjects than the product. */
  readonly report: readonly string[];
  /** The report's lines about the product's own role. */
  readonly lacking: readonly string[];
};

/** Every asked plan is approved, while an hour passes. */
const passAnHour = async (app: App, look: () => boolean): Promise<void> => {
  const vaults = app.cloud.world.keyVault.vaults().map(({ name }) => name);
  for (let minutes = 0; minutes < 60; minutes += 15) {
    await app.clock.advance(15 * MINUTE, () => look() && false);
    for (const vault of vaults) await approveAsked(app, { vault } as never);
  }
  await app.clock.advance(NEXT_SWEEP, () => look() && false);
};

/** Key Vault says 400 where it refuses a read of keys through Resource Manager. */
const isRefused = ({ method, status, url }: ReturnType<typeof productRequests>[number]): boolean =>
  status === 403 || (status === 400 && method === 'GET' && /\/vaults\/[^/]+\/keys\b/.test(url));

/** Plays a scene with the whole role, or with a role without one action. */
export const playWithout = async (name: SceneName, taken?: string): Promise<Seen> => {
  const scene = SCENES[name];
  const settings = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '9999', ...PEOPLE, ...scene.settings };
  const switches = { propagationSeconds: 120 };
  const app = await startApp({ world: planOf(scene), wake: 'sweep', settings, switches });
  if (taken !== undefined) takeOne(taken)(app);
  await scene.furnish?.(app);
  await app.pass(2 * NEXT_SWEEP);
  for (const { breakIt, subject } of scene.scenarios) breakIt(app.cloud.world, subject);
  const watch = watchHealing(app, scene.scenarios);
  watch.look();
  await scene.alsoBroken?.(app);
  await passAnHour(app, watch.look);
  const lines = await postureLines(app);
  const isOfItself = ({ row }: Line) => row === 'rights' || row === 'coverage';
  const again = Object.entries(scene.again ?? {});
  return {
    unhealed: [
      ...scene.scenarios.filter((one) => watch.healedAt(one) === undefined).map((one) => one.name),
      ...again.filter(([, is]) => !is(app)).map(([what]) => what),
    ],
    refused: productRequests(app)
      .filter(isRefused)
      .map(({ method, url }) => `${method} ${new URL(url).pathname}`),
    report: lines
      .filter((line) => !isOfItself(line))
      .map(({ row, check, subject, verdict }) => `${row} ${check} ${subject}: ${verdict}`)
      .toSorted(),
    lacking: lines.filter(({ check }) => check === 'roleIsWhole').map(({ evidence }) => evidence),
  };
};
