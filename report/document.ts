import { escaped, type Html, html, own } from './html.ts';
import { STYLE } from './style.ts';

/** Whose report it is, and of which moment: of every report alike. */
export type Origin = {
  /** GUARDIAN_SCOPE, and the mode, as the app says them. */
  readonly scopes: readonly string[];
  readonly mode: string;
  readonly version: string;
  /** Where the app is. */
  readonly app: string;
  /** ISO 8601: when the report was written. */
  readonly writtenAt: string;
};

type Fact = readonly [name: string, value: Html | string];

export const facts = (all: readonly Fact[]): Html =>
  html`<dl>${all.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

export const lines = (all: readonly string[]): Html => html`${all.map((one) => html`<div>${one}</div>`)}`;

export const nameIn = (id: string): string => id.split('/').filter(Boolean).at(-1) ?? id;

/** An id with its name before it. A line of it ends behind a slash, never within a name where there is room. */
export const named = (id: string): Html =>
  id.includes('/')
    ? html`${nameIn(id)}<div class="quiet idline">${id.split(/(?<=\/)/).map((part) => html`${part}<wbr>`)}</div>`
    : html`${id}`;

/** An instant as people read it, in UTC. */
export const utc = (at: string): string =>
  Number.isNaN(Date.parse(at)) ? at : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

type Column = { readonly name: string; readonly is?: 'n' | 'id' };

/** `found`: of findings, whose columns are as wide in every table. */
type Look = 'found' | 'plain';

/** A table whose head is repeated on every page. */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string | number)[])[],
  look: Look = 'plain',
): Html => {
  const kind = (n: number): Html => own(columns[n]?.is === undefined ? '' : ` class="${columns[n].is}"`);
  return html`<table class="${look}"><caption>${caption}</caption><thead><tr>${columns.map(
    ({ name }, n) => html`<th scope="col"${kind(n)}>${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, n) => html`<td${kind(n)}>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
};

export const section = (title: string, body: Html): Html => html`<section><h2>${title}</h2>${body}</section>`;

export const originFacts = ({ app, mode, scopes, version, writtenAt }: Origin): readonly Fact[] => [
  ['Scope', lines(scopes)],
  ['Mode', mode],
  ['Product', `CMK Guardian ${version} at ${app}`],
  ['Written', utc(writtenAt)],
];

/**
 * One file that needs nothing else: a policy in it forbids every request and every script, so that not even a name that were not
 * escaped could do anything.
 */
export const document = (title: string, lead: string, body: Html, origin: Origin): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>${
    html`<header><h1>${title}</h1><p class="lead">${lead}</p></header><main>${body}</main><footer>CMK Guardian ${origin.version}, ${utc(origin.writtenAt)}. All times are UTC.</footer>`
      .html
  }</body></html>
`;
