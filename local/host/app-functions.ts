import { compileRoute } from './http/route-template.ts';
import { parseSchedule } from './timers/schedule.ts';
import type { Binding, FunctionInfo } from './worker/protocol.ts';

export type TriggerType =
  | 'httpTrigger'
  | 'timerTrigger'
  | 'eventGridTrigger'
  | 'orchestrationTrigger'
  | 'activityTrigger';

/** A function of the app, with its trigger. */
export type AppFunction = FunctionInfo & { triggerName: string; trigger: Binding & { type: TriggerType } };

/** Functions by name in lower case, since Azure compares their names without case. */
export type AppFunctions = ReadonlyMap<string, AppFunction>;

const TRIGGERS: readonly string[] = [
  'httpTrigger',
  'timerTrigger',
  'eventGridTrigger',
  'orchestrationTrigger',
  'activityTrigger',
];
/** The bindings beside a trigger that the host can serve. */
const OTHER_BINDINGS = ['in durableClient', 'out http'];

/** @throws Error naming every registration that the local host does not support, or that Azure would refuse */
export function indexFunctions(functions: FunctionInfo[]): AppFunctions {
  const faults = functions.flatMap(faultsOf);
  const byName = new Map(functions.flatMap(toAppFunction).map((fn) => [fn.name.toLowerCase(), fn]));
  if (faults.length > 0)
    throw new Error(`the local host cannot run this app:\n${faults.map((f) => `  - ${f}`).join('\n')}`);
  return byName;
}

export function findFunction(functions: AppFunctions, type: TriggerType, name: string): AppFunction | null {
  const fn = functions.get(name.toLowerCase());
  return fn?.trigger.type === type ? fn : null;
}

export const withTrigger = (functions: AppFunctions, type: TriggerType): AppFunction[] =>
  [...functions.values()].filter((fn) => fn.trigger.type === type);

/** A schedule may name a setting: `%SWEEP_SCHEDULE%`. */
export const scheduleOf = ({ trigger }: { trigger: Binding }): string =>
  (trigger.schedule ?? '').replace(/%([^%]+)%/g, (_, name: string) => process.env[name] ?? '');

export const timeZone = (): string => process.env['WEBSITE_TIME_ZONE'] || 'UTC';

const isTrigger = ({ type }: Binding): boolean => /trigger$/i.test(type);

function toAppFunction(info: FunctionInfo): AppFunction[] {
  return Object.entries(info.bindings).flatMap(([triggerName, binding]) =>
    isSupportedTrigger(binding) ? [{ ...info, triggerName, trigger: binding }] : [],
  );
}

const isSupportedTrigger = (binding: Binding): binding is Binding & { type: TriggerType } =>
  TRIGGERS.includes(binding.type);

function faultsOf({ name, bindings }: FunctionInfo): string[] {
  const all = Object.values(bindings);
  const trigger = all.find(isTrigger);
  const faults = trigger ? [...all.flatMap(bindingFault), ...triggerFault(trigger)] : ['it has no trigger'];
  return faults.map((fault) => `function '${name}': ${fault}`);
}

function bindingFault({ type, direction }: Binding): string[] {
  if (TRIGGERS.includes(type) || OTHER_BINDINGS.includes(`${direction} ${type}`)) return [];
  if (/trigger$/i.test(type)) return [`the trigger ${type} is not supported (supported: ${TRIGGERS.join(', ')})`];
  return [`the ${direction}put binding ${type} is not supported`];
}

/** The faults of a schedule or a route. */
function triggerFault(trigger: Binding): string[] {
  try {
    if (trigger.type === 'timerTrigger') parseSchedule(scheduleOf({ trigger }), timeZone());
    if (trigger.type === 'httpTrigger') compileRoute(trigger.route ?? '');
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
