import { type Guardian, send } from '../../client/send.ts';

type Page<Item> = { readonly value: readonly Item[]; readonly nextLink?: string };

/** The most pages of a list that the page reads. Where the list has more, the caller says so. */
const MOST = 12;

/**
 * Reads the pages after a first page, from the member that has the items. Returns also the link to the pages that are not read.
 */
export const readRest = async <Item>(
  nextLink: string | undefined,
  member: string,
  { guardian, signal }: { readonly guardian: Guardian; readonly signal: AbortSignal },
): Promise<Page<Item>> => {
  const all: Item[] = [];
  let next = nextLink;
  for (let page = 1; next !== undefined && page < MOST; page += 1) {
    const more: Readonly<Record<string, unknown>> = await send(next, { guardian, signal, method: 'GET' });
    all.push(...((more[member] ?? []) as readonly Item[]));
    next = more['nextLink'] as string | undefined;
  }
  return { value: all, ...(next !== undefined && { nextLink: next }) };
};

/** All pages of a list, from its first page. */
export const readAll = async <Item, First extends Page<Item>>(
  first: First & Page<Item>,
  guardian: Guardian,
  signal: AbortSignal,
): Promise<First> => {
  const { nextLink, ...rest } = first;
  const more = await readRest<Item>(nextLink, 'value', { guardian, signal });
  return { ...rest, ...more, value: [...first.value, ...more.value] } as unknown as First;
};
