import { type Guardian, send } from '../client/send.ts';

type Sending = { readonly guardian: Guardian };
type Linked = { readonly nextLink?: string };

/** A link leads to this app alone: what proves who asks is sent with it. */
const isOwn = (link: string | undefined): link is string => link?.startsWith('/api/') ?? false;

/** Every page of an answer, from the first on. */
export const pagesFrom = async <Page extends Linked>(first: Page, sending: Sending): Promise<readonly Page[]> => {
  const pages = [first];
  let next = first.nextLink;
  while (isOwn(next)) {
    const page = await send<Page>(next, { ...sending, method: 'GET' });
    pages.push(page);
    next = page.nextLink;
  }
  return pages;
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
