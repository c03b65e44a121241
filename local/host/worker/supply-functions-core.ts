import { registerHooks } from 'node:module';

const NAME = '@azure/functions-core';
const URL_OF_MODULE = 'functions-core:';
const slot = Symbol.for(NAME);

/**
 * Makes `@azure/functions-core` resolvable for all code that is loaded from now on: `require`, `createRequire` and
 * `import`, in CommonJS, ES modules and bundles that leave it external. It must run before the app is loaded, since
 * `@azure/functions` looks the module up once and remembers that it was missing.
 */
export function supplyFunctionsCore(core: Record<string, unknown>): void {
  Object.assign(globalThis, { [slot]: core });
  const source = `module.exports = globalThis[Symbol.for(${JSON.stringify(NAME)})]`;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === NAME ? { url: URL_OF_MODULE, format: 'commonjs', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === URL_OF_MODULE ? { format: 'commonjs', source, shortCircuit: true } : next(url, context),
  });
}
