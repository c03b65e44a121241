import type { Booted } from '../../local/boot.ts';

type Event = { readonly EventType: string; readonly FunctionName?: string };
type Instance = { readonly instanceId: string; readonly name: string; readonly historyEvents?: readonly Event[] };

const INSTANCES = '/runtime/webhooks/durabletask/instances';

const stepOf = ({ EventType, FunctionName }: Event): readonly string[] => {
  if (EventType === 'TimerFired') return ['timer'];
  const isStep = /^(Task|SubOrchestrationInstance)(Completed|Failed)$/.test(EventType);
  return isStep ? [FunctionName ?? EventType] : [];
};

/** Every durable step of the instances that were created since then (ISO 8601), as `orchestration/step`. */
export const durableSteps = async ({ call }: Booted, since: string): Promise<readonly string[]> => {
  const read = async <Body>(path: string): Promise<Body> => (await call({ method: 'GET', path })).body as Body;
  const instances = await read<readonly Instance[]>(`${INSTANCES}?createdTimeFrom=${since}&showInput=false`);
  const whole = [];
  for (const { instanceId } of instances) {
    whole.push(await read<Instance>(`${INSTANCES}/${instanceId}?showHistory=true&showInput=false`));
  }
  return whole.flatMap(({ name, historyEvents = [] }) =>
    historyEvents.flatMap(stepOf).map((step) => `${name}/${step}`),
  );
};
