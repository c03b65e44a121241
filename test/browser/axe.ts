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
 * The visible parts of the page that a person with a disability cannot use, as far as axe finds them; sentences for people. Left
 * out are the elements that Fluent puts before and behind the items of a menu to catch the Tab key: they pass the focus on at
 * once, so that a person never meets them.
 */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    'axe.run({ exclude: ["[data-tabster-dummy]"] })',
  );
  return violations.map(said);
};
