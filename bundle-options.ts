import type { BuildOptions } from 'esbuild';
import { axiosOnFirstUse } from './axios-on-first-use.ts';

/**
 * One entry, ES modules, split: a client library becomes a file of its own that is loaded on first use. A single
 * CommonJS file with lazy imports started 1.6 times slower than an empty app, this shape about as fast as one.
 * `@azure/functions-core` is supplied by the Functions worker at run time.
 */
export const bundleOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  splitting: true,
  // import() of a CommonJS package would yield its default export only; @azure/arm-mysql has an ES module as well.
  mainFields: ['module', 'main'],
  external: ['@azure/functions-core'],
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS packages inside the bundle still call require() for Node's own modules; most files never do.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'let __required; const require = (id) => (__required ??= __createRequire(import.meta.url))(id);',
    ].join(' '),
  },
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** The product itself. What is bundled beside it (commands, the bench's empty app) is bundled as anybody would. */
export const productOptions = {
  ...bundleOptions,
  plugins: [axiosOnFirstUse],
  entryPoints: ['functions/index.ts'],
} satisfies BuildOptions;
