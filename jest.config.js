import { packageNames } from './test/run/bundled-packages.ts';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: packageNames,
  globalSetup: './test/run/set-up.ts',
  globalTeardown: './test/run/tear-down.ts',
  reporters: ['default', './test/run/slowest.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.exhaustive\\.test\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.package'],
  testTimeout: 600_000,
  maxWorkers: 2,
  // A worker keeps what each suite has loaded: beyond this it spends its time on collecting, and a new one begins.
  workerIdleMemoryLimit: '700MB',
};
