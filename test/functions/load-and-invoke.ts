/**
 * `node load-and-invoke.ts <app folder>`: loads a built app as the Functions worker does, invokes every registered function
 * except the orchestrators, which only schedule work, and prints a Started.
 */
import { type AppFunction, indexFunctions, type TriggerType } from '../../local/host/app-functions.ts';
import { clientBinding } from '../../local/host/durable/api/management-urls.ts';
import { createInvoker } from '../../local/host/invoker.ts';
import { createFunctionsCore, createRegistry } from '../../local/host/worker/functions-core.ts';
import { loadApp } from '../../local/host/worker/load-app.ts';
import type { TypedData } from '../../local/host/worker/protocol.ts';
import { runInvocation } from '../../local/host/worker/run-invocation.ts';
import { supplyFunctionsCore } from '../../local/host/worker/supply-functions-core.ts';

export type Started = {
  /** Triggers by the name of their function, in the order of registration. */
  readonly registered: Readonly<Record<string, TriggerType>>;
  readonly startFailure?: string;
  /** Node's own modules that were loaded when the functions were registered, without their kind: `http`, `internal/url`. */
  readonly loaded: readonly string[];
  /** The error of each invocation, by the name of the function; `done` where there was none. */
  readonly invoked: Readonly<Record<string, string>>;
};

const INPUTS: Readonly<Record<TriggerType, TypedData | undefined>> = {
  httpTrigger: {
    http: { method: 'GET', url: 'http://localhost/', nullableHeaders: {}, nullableQuery: {}, nullableParams: {} },
  },
  timerTrigger: { json: '{}' },
  eventGridTrigger: { json: '{}' },
  activityTrigger: { json: 'null' },
  orchestrationTrigger: undefined,
};

const appFolder = process.argv[2];
if (!appFolder) throw new Error('give the folder of the app');

const registry = createRegistry();
supplyFunctionsCore(createFunctionsCore(registry, () => {}));
await loadApp(appFolder, registry);
// Node publishes the list as an undocumented property, which its types lack.
const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
const loaded = moduleLoadList.map((entry) => entry.replace(/^(NativeModule|Internal Binding) /, ''));
const { startFailure } = registry;
const functions = [...indexFunctions([...registry.functions.values()].map(({ info }) => info)).values()];

const nowhere = 'http://127.0.0.1:1';
const invoke = createInvoker(
  {
    functions,
    pid: () => process.pid,
    invoke: (request) => runInvocation(registry, request, () => {}),
    kill: () => {},
    lose: () => {},
    close: async () => {},
  },
  clientBinding({ origin: nowhere, taskHub: 'hub', code: 'code' }, `${nowhere}/`),
  null,
);

const outcomeOf = (fn: AppFunction, data: TypedData): Promise<string> => invoke(fn, data).then(() => 'done', String);

const invoked: Record<string, string> = {};
for (const fn of functions) {
  const data = INPUTS[fn.trigger.type];
  if (data && startFailure !== undefined) invoked[fn.name] = await outcomeOf(fn, data);
}
const registered = Object.fromEntries(functions.map((fn) => [fn.name, fn.trigger.type]));
const started: Started = { registered, invoked, loaded, ...(startFailure !== undefined && { startFailure }) };
process.stdout.write(JSON.stringify(started), () => process.exit());
