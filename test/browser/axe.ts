import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Violation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
};

const said = ({ id, help, nodes }: Violation): string =>
  `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary ?? ''})`).join('; ')}`;

/**
 * Whatever in sight somebody cannot use who sees, hears or moves otherwise, as far as axe knows; sentences for people. Left out is what
 * Fluent puts before and behind the items of a menu to catch the Tab key: the focus goes on from it at once, so that nobody is ever there.
 */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    'axe.run({ exclude: ["[data-tabster-dummy]"] })',
  );
  return violations.map(said);
};
