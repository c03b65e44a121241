/**
 * The path at which the app serves the runbook that the API names by its path in the repository; `undefined` for another path.
 */
export const runbookPlace = (path: string): string | undefined => {
  const [, name] = /^docs\/runbooks\/([a-z-]+)\.md$/.exec(path) ?? [];
  return name === undefined ? undefined : `/api/ui/runbook-${name}.html`;
};
