import { setTimeout } from 'node:timers/promises';
import type { Booted } from '../boot.ts';
import { openFront } from '../front/front.ts';
import type { Act } from './acts/act.ts';
import { actsFor } from './acts/acts.ts';
import { type AppClient, appClient } from './app-client.ts';
import type { CommandLine } from './command-line.ts';
import { untilPartDies } from './death.ts';
import { showEnd, showNotHealed } from './ending.ts';
import { showPage, showPlaces, showWorld } from './introduce.ts';
import { showNextSteps } from './next-steps.ts';
import { createObserver, type Observer } from './observer.ts';
import { play } from './play.ts';
import { AUDIENCE } from './scenario.ts';
import type { Screen } from './screen.ts';
import { start } from './start.ts';
import { stay } from './stay.ts';
import { exitCodeOf } from './stop-signals.ts';
import { timedLooksAfter } from './timed-looks.ts';
import { createTimeline, type Timeline } from './timeline.ts';
import { whyNotHealed } from './why-not-healed.ts';

/** Real ms. A part that has not ended by then ends with this process: every part watches its parent. */
const CLOSING_MS = 3000;
/** A failure is often the consequence of a part's end, which is reported a moment later. Real ms. */
const CAUSE_MS = 1000;

type Stage = {
  readonly booted: Booted;
  readonly app: AppClient;
  readonly observer: Observer;
  readonly timeline: Timeline;
  readonly screen: Screen;
};

type Close = () => Promise<void>;

const untilStopped = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
    if (stop.aborted) reject(stop.reason);
  });

/** Prepares an act: sets its switches and settings. The app may be ended and started again for that, which is not a failure. */
const setTheStage = async ({ title, before, settings, switches }: Act, { booted, screen }: Stage): Promise<void> => {
  screen.title(title);
  screen.paragraph(before);
  if (settings) await booted.restartHost(settings);
  Object.assign(booted.cloud.world.switches, switches);
};

const playAct = async (act: Act, stage: Stage): Promise<boolean> => {
  const { booted, app, timeline, screen } = stage;
  screen.say();
  timeline.heading();
  const { over, rows } = await play(act, booted, stage);
  if (over) showEnd(act, rows, timeline.realSeconds(), screen);
  else showNotHealed(await whyNotHealed(act, booted, app), screen);
  return over;
};

type Played = { readonly healed: boolean; readonly acts: readonly Act[] };

/** Plays one act after the other. After an act that was not healed no other act begins, so that the state is not made worse. */
const playAll = async (acts: readonly Act[], stage: Stage, stop: AbortSignal): Promise<Played> => {
  for (const [at, act] of acts.entries()) {
    await Promise.race([setTheStage(act, stage), untilStopped(stop)]);
    const died = untilPartDies(stage.booted);
    const played = playAct(act, stage).catch((error) => setTimeout(CAUSE_MS).then(() => Promise.reject(error)));
    if (!(await Promise.race([played, died, untilStopped(stop)])))
      return { healed: false, acts: acts.slice(0, at + 1) };
  }
  return { healed: true, acts };
};

const perform = async (options: CommandLine, stage: Stage, stop: AbortSignal): Promise<number> => {
  const { booted, app, screen } = stage;
  const { healed, acts } = await playAll(actsFor(options.act), stage, stop);
  if (options.demo) return healed ? 0 : 1;
  const { mode, managementGroup } = options;
  const played = { mode, looks: timedLooksAfter(acts), ...(managementGroup !== undefined && { managementGroup }) };
  await showNextSteps(booted, app, played, screen);
  await Promise.race([stay(booted, stage, stop), untilPartDies(booted)]);
  return 0;
};

/** With `--demo` the run only ends with an exit code: no page is opened. */
const openPage = async ({ demo }: CommandLine, { clock, cloud, host }: Booted, screen: Screen): Promise<Close> => {
  if (demo) return async () => undefined;
  const front = await openFront({ clock, cloud, audience: AUDIENCE, appPort: () => host().port });
  showPage(front.page, screen);
  return front.close;
};

const run = async (options: CommandLine, screen: Screen, stop: AbortSignal): Promise<number> => {
  const booted = await start(options, screen, stop);
  let closePage: Close | undefined;
  try {
    closePage = await openPage(options, booted, screen);
    const app = appClient(booted.clock, booted.host());
    const observer = createObserver(booted.cloud, app);
    showPlaces(booted, screen);
    showWorld(options, screen);
    return await perform(options, { booted, app, observer, timeline: createTimeline(screen), screen }, stop);
  } finally {
    if (stop.aborted) screen.say('\nStopping everything.');
    await Promise.race([Promise.all([closePage?.(), booted.close()]), setTimeout(CLOSING_MS)]);
  }
};

/** Plays the whole story and stops everything. Resolves with the exit code: 0, or 1 after the reason was printed. */
export const tellStory = async (options: CommandLine, screen: Screen, stop: AbortSignal): Promise<number> => {
  screen.title('CMK Guardian on a local Azure');
  screen.paragraph('Everything runs on this machine, in memory. Nothing of it reaches Azure, and nothing is kept.');
  try {
    return await run(options, screen, stop);
  } catch (error) {
    if (stop.aborted) {
      screen.say(`\nStopped by ${stop.reason} before the end.`);
      return exitCodeOf(stop.reason);
    }
    screen.say(`\n${screen.paint('red', 'It failed.')} ${error instanceof Error ? error.message : error}`);
    return 1;
  }
};
