import { keyOfHost } from './asking.ts';
import type { Deployable } from './deployable.ts';
import type { Page } from './page.ts';
import { EXAMPLES } from './values.ts';

/**
 * The page's own command shows that the product sees every vault of the examples. Its key comes from az, where az is installed.
 */
export const tellsCoverage = async (page: Page, place: Deployable): Promise<void> => {
  const words = await page.follow('4. See whether it works', /^(?:KEY=|curl )/, {
    variables: page.hasAzureCli ? {} : { KEY: await keyOfHost(place) },
  });
  const unseen = EXAMPLES.filter(({ vault }) => !words.includes(`/${vault}`));
  if (unseen.length > 0)
    throw new Error(`GET /api/coverage does not tell of ${unseen.map(({ vault }) => vault).join(', ')}:\n${words}`);
};
