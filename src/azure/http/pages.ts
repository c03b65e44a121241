import { NOT_UNDERSTOOD } from './not-understood.ts';

const refuse = (what: string): never => {
  const why = `Azure has answered a list with ${what}, which does not count as an empty list. Fix: look for a proxy between the app and Azure that answers in its place; where there is none, open a support request with Azure`;
  throw Object.assign(new Error(why), { code: NOT_UNDERSTOOD });
};

/** What a page lists. A page without a list is no answer: it must not count as an empty list. */
export const entriesOf = (listed: unknown): readonly unknown[] =>
  Array.isArray(listed) ? listed : refuse('a page that holds none');

type Page = { readonly value?: unknown; readonly nextLink?: string | null };

/** A list page by page: one call of `follow` for each, which gives the body of the answer at this URL. */
export async function* pagesFrom(
  first: string,
  follow: (url: string) => Promise<unknown>,
): AsyncGenerator<readonly unknown[]> {
  const followed = new Set<string>();
  let next: string | undefined = first;
  while (next !== undefined) {
    if (followed.has(next)) refuse('a page that leads back to an earlier one');
    followed.add(next);
    const { nextLink, value } = ((await follow(next)) ?? {}) as Page;
    yield entriesOf(value);
    next = nextLink || undefined;
  }
}

type SdkAnswer = { readonly status: number; readonly parsedBody?: unknown };

/** Options for the lists of an SDK, which itself takes a page without a list for an empty one. A refusal stays what it is. */
export const ONLY_LISTS = {
  onResponse: ({ parsedBody, status }: SdkAnswer): void => {
    if (status < 300) entriesOf(((parsedBody ?? {}) as Page).value);
  },
};
