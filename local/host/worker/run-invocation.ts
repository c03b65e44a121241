import { tagActions } from './action-tags.ts';
import type { CoreInvocation, CoreLog, InvocationModel, RegisteredFunction, Registry } from './functions-core.ts';
import type { InvocationRequest, InvocationResponse } from './protocol.ts';

type HookContext = { inputs: unknown[]; result: unknown; error: unknown } & Record<string, unknown>;

/** Data that the app's hooks share for the whole life of the process. */
const appHookData = {};

/**
 * Runs one function through the programming model of the app, with its hooks.
 * @throws the error of the function or of a hook
 */
export async function runInvocation(
  registry: Registry,
  request: InvocationRequest,
  log: CoreLog,
): Promise<InvocationResponse> {
  const fn = registry.functions.get(request.functionId);
  if (!fn || !registry.model) throw new Error(`Function '${request.functionId}' is not loaded.`);
  const invocation: CoreInvocation = {
    invocationId: request.invocationId,
    request,
    metadata: fn.info,
    state: undefined,
    log: (level, category, message) => log(level, category, `[${fn.info.name}] ${message}`),
  };
  const model = registry.model.getInvocationModel(invocation);
  const { context, inputs } = await model.getArguments();
  const result = await callWithHooks(registry, fn, invocation, model, context, inputs);
  return model.getResponse(context, isOrchestrator(fn) ? tagActions(result) : result);
}

const isOrchestrator = (fn: RegisteredFunction): boolean =>
  Object.values(fn.info.bindings).some((binding) => binding.type === 'orchestrationTrigger');

async function callWithHooks(
  registry: Registry,
  fn: RegisteredFunction,
  invocation: CoreInvocation,
  model: InvocationModel,
  invocationContext: unknown,
  inputs: unknown[],
): Promise<unknown> {
  const hookData = {};
  const before = { hookData, appHookData, invocationContext, functionCallback: fn.callback, inputs };
  invocation.state = 'preInvocationHooks';
  for (const hook of registry.hooks.get('preInvocation') ?? []) await hook(before);

  const after: HookContext = {
    hookData,
    appHookData,
    invocationContext,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  invocation.state = 'invocation';
  try {
    after.result = await model.invokeFunction(invocationContext, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  invocation.state = 'postInvocationHooks';
  for (const hook of registry.hooks.get('postInvocation') ?? []) await hook(after);
  invocation.state = undefined;
  if (after.error) throw after.error;
  return after.result;
}
