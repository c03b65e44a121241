import { send } from '../client/send.ts';
import type { Context } from './context.ts';

type Sending = Context['sending'];
type Linked = { readonly nextLink?: string };

/** Only links to this app are followed, since the token or key is sent with each request. */
const isOwn = (link: string | undefined): link is string => link?.startsWith('/api/') ?? false;

/** All pages of an answer, from the first on. */
export const pagesFrom = async <Page extends Linked>(
  first: Page,
  { guardian, pages: line }: Sending,
): Promise<readonly Page[]> => {
  const pages = [first];
  let next = first.nextLink;
  try {
    while (isOwn(next)) {
      const page = await send<Page>(next, { guardian, method: 'GET' });
      pages.push(page);
      line.counted(pages.length);
      next = page.nextLink;
    }
    return pages;
  } finally {
    line.done();
  }
};

/** All pages of a list as one. */
export const allPages = async <Page extends Linked & { readonly value: readonly unknown[] }>(
  first: Page,
  sending: Sending,
): Promise<Page> => {
  const pages = await pagesFrom(first, sending);
  const { nextLink: _nextLink, ...whole } = first;
  return { ...whole, value: pages.flatMap(({ value }) => value) } as unknown as Page;
};
