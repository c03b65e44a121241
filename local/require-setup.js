/**
 * What every npm script runs first, in plain JavaScript, which any Node can read. Without it a script would end in a stack
 * trace, or in a tool that is not found: before "npm ci" nothing is there, and a Node before 22.18 reads no TypeScript.
 */
import { existsSync } from 'node:fs';

/** npm writes this file last: an install that was interrupted does not have it. */
const installed = new URL('../node_modules/.package-lock.json', import.meta.url);

if (!existsSync(installed)) {
  console.error('Run "npm ci" first: it installs what the npm scripts need.');
  process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: 22.18 or later is needed, since it runs TypeScript as it is.\n` +
      'On Linux and Windows "npm ci" brings Node 24 along for the npm scripts (not with --omit=optional or\n' +
      '--ignore-scripts): use them, "npm start" for example. Elsewhere, install Node from https://nodejs.org.',
  );
  process.exit(1);
}
