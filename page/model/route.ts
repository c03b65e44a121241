export const VIEWS = ['now', 'incidents', 'horizon', 'estate', 'history', 'trust'] as const;

export type View = (typeof VIEWS)[number];

/** The place in the page: a view, and in it an item by its id, an incident for example. */
export type Route = { readonly view: View; readonly id?: string };

const isView = (name: string): name is View => VIEWS.some((view) => view === name);

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The view that the part of an address behind `#` names. Where it names no view, the view is Now. */
export const routeOf = (hash: string): Route => {
  const [view = '', id = ''] = hash.replace(/^#?\/?/, '').split('/');
  if (!isView(view)) return { view: 'now' };
  return id === '' ? { view } : { view, id: decoded(id) };
};

export const hashOf = ({ view, id }: Route): string =>
  id === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;
