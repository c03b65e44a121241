/** What `npm pack` runs first: the whole repository is no package, and whoever packs it looks for the command line. */
console.error(
  'The repository is no package of npm. "npm run package:command-line" makes the command line as one, in .package/;\n' +
    '"npm run package" makes the app that is deployed.',
);
process.exit(1);
