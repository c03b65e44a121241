import type { Binding, FunctionInfo, FunctionRetry, InvocationRequest, InvocationResponse } from './protocol.ts';

export type Callback = (...args: unknown[]) => unknown;
export type Hook = (context: Record<string, unknown>) => unknown;
export type RegisteredFunction = { info: FunctionInfo; callback: Callback };

/** The context of one invocation for a programming model. */
export type CoreInvocation = {
  invocationId: string;
  request: InvocationRequest;
  metadata: FunctionInfo;
  state: string | undefined;
  log(level: string, category: string, message: string): void;
};

export type InvocationModel = {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
};

export type ProgrammingModel = {
  getInvocationModel(invocation: CoreInvocation): InvocationModel;
  getCapabilities?(capabilities: object): Promise<Record<string, string>> | Record<string, string>;
};

/** Everything that the app has registered so far. */
export type Registry = {
  functions: Map<string, RegisteredFunction>;
  hooks: Map<string, Hook[]>;
  model: ProgrammingModel | undefined;
  /**
   * The first registration sets it for good: from then on the worker, and not a function.json, lists the app's
   * functions.
   */
  indexesFunctions: boolean;
  /** The error of the entry file, in the words of Azure's worker. */
  startFailure: string | undefined;
  /** Set when the app is loaded: functions can be registered only before. */
  locked: boolean;
};

export type CoreLog = (level: string, category: string, message: string) => void;

type FunctionMetadata = {
  name: string;
  functionId?: string;
  bindings: Record<string, Binding>;
  retryOptions?: FunctionRetry;
};

export const createRegistry = (): Registry => ({
  functions: new Map(),
  hooks: new Map(),
  model: undefined,
  indexesFunctions: false,
  startFailure: undefined,
  locked: false,
});

function registerFunction(registry: Registry, metadata: FunctionMetadata, callback: Callback): void {
  if (registry.locked) throw new Error('A function can only be registered during app startup.');
  registry.indexesFunctions = true;
  const id = metadata.functionId ?? metadata.name;
  if (registry.functions.has(id)) throw new Error(`A function with id "${id}" has already been registered.`);
  const { name, bindings, retryOptions } = metadata;
  registry.functions.set(id, { info: { id, name, bindings, ...(retryOptions && { retryOptions }) }, callback });
}

// @azure/functions extends this class, so a function would not work.
class Disposable {
  readonly #onDispose: (() => unknown) | undefined;

  constructor(onDispose?: () => unknown) {
    this.#onDispose = onDispose;
  }

  static from(...items: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }

  dispose(): unknown {
    return this.#onDispose?.();
  }
}

/** The module `@azure/functions-core`, which exists only inside a Functions worker. */
export function createFunctionsCore(registry: Registry, log: CoreLog): Record<string, unknown> {
  return {
    version: '3.99.0-local',
    hostVersion: '4.1000.0',
    Disposable,
    log,
    setProgrammingModel: (model: ProgrammingModel) => {
      registry.model = model;
    },
    getProgrammingModel: () => registry.model,
    registerFunction: (metadata: FunctionMetadata, callback: Callback) => {
      registerFunction(registry, metadata, callback);
      return new Disposable(() => registry.functions.delete(metadata.functionId ?? metadata.name));
    },
    registerHook: (name: string, hook: Hook) => {
      registry.hooks.set(name, [...(registry.hooks.get(name) ?? []), hook]);
      return new Disposable(() => {
        registry.hooks.set(
          name,
          (registry.hooks.get(name) ?? []).filter((other) => other !== hook),
        );
      });
    },
  };
}
