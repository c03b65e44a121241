/**
 * The first thing that `npm start` and `npm run demo` run, in plain JavaScript: an older Node cannot read the TypeScript
 * of this project, and would say so with a stack trace only.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old: 22.18 or later is needed, since it runs TypeScript as it is.\n` +
      'On Linux and Windows "npm ci" brings Node 24 along for the npm scripts (not with --omit=optional):\n' +
      'use them, "npm start" for example. Elsewhere, install Node from https://nodejs.org.',
  );
  process.exit(1);
}
