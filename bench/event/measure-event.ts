import { productId } from '../../local/cloud/worlds/product.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { KINDS, type Kind } from './kinds.ts';
import { processorMs } from './processor-time.ts';
import { deliver, openScene, type Scene } from './scene.ts';

const MINUTE = 60_000;
/**
 * Events of a round, all in one minute. The product does some work once a minute, for any number of events: one event before the
 * round causes that work, and is not counted.
 */
const EVENTS = 10;

/** The average of one event. */
type Cost = { readonly storage: number; readonly azure: number; readonly ms: number };
export type Round = { readonly product: Cost; readonly emptyMs: number };

const sendAll = async ({ rig }: Scene, host: Scene['empty'], kind: Kind): Promise<number> => {
  const before = processorMs(host);
  for (let n = 1; n <= EVENTS; n++) await deliver(rig, host, kind, n);
  return (processorMs(host) - before) / EVENTS;
};

const playRound = async (scene: Scene, kind: Kind): Promise<Round> => {
  const { rig, traffic, empty } = scene;
  await rig.clock.advance(2 * MINUTE);
  await deliver(rig, rig.host(), kind, 0);
  const caller = rig.cloud.world.entra.managedIdentity(productId)?.objectId ?? '';
  rig.cloud.requests.clear();
  const before = traffic.requests;
  const ms = await sendAll(scene, rig.host(), kind);
  const storage = (traffic.requests - before) / EVENTS;
  const azure = rig.cloud.requests.list({ caller }).length / EVENTS;
  await deliver(rig, empty, kind, 0);
  return { product: { storage, azure, ms }, emptyMs: await sendAll(scene, empty, kind) };
};

/** Without a figure of the processor on a system that does not measure it. */
export const figuresOf = ({ name, about, goals }: Kind, rounds: readonly Round[]): readonly Measured[] => {
  const medianOf = (of: (round: Round) => number): number => spreadOf(rounds.map(of)).median;
  const storage = medianOf(({ product }) => product.storage);
  const azure = medianOf(({ product }) => product.azure);
  const calls: Measured = {
    figure: withGoal(`${name}Storage`, storage, 'storage calls an event', goals.storage),
    remark: `${about}; ${azure.toFixed(1)} calls of Azure; an empty function makes no call; not counted is who else calls Azure, which a worker asks once in five seconds`,
  };
  const { lower, median, upper } = spreadOf(rounds.map(({ product, emptyMs }) => product.ms / emptyMs));
  if (Number.isNaN(median)) return [calls];
  const [unit, processor] = ['x empty function', `${name}Processor`];
  const ms = `${medianOf(({ product }) => product.ms).toFixed(2)} to ${medianOf(({ emptyMs }) => emptyMs).toFixed(2)} ms`;
  const remark = `${ms} of the processor; quartiles ${lower.toFixed(2)} to ${upper.toFixed(2)}, ${rounds.length} rounds of ${EVENTS}`;
  const figure =
    goals.processor === undefined
      ? withoutGoal(processor, median, unit)
      : withGoal(processor, median, unit, goals.processor);
  return [calls, { figure, remark }];
};

/**
 * The cost of an event for the product beside a function that does nothing, in the same host: calls to its own storage, and
 * processor time of the worker until all work for the event is done. The storage of Durable Functions belongs to the host, and is
 * not counted.
 */
export const measureEvent = async (rounds: number): Promise<readonly Measured[]> => {
  const scene = await openScene(EVENTS + 1);
  try {
    const measured: Measured[] = [];
    for (const kind of KINDS) {
      // One round before the measurement loads and compiles the code of this kind of events.
      await playRound(scene, kind);
      const played: Round[] = [];
      while (played.length < rounds) played.push(await playRound(scene, kind));
      measured.push(...figuresOf(kind, played));
    }
    return measured;
  } finally {
    await scene.close();
  }
};
