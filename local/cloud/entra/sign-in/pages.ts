import { escaped } from '../../escaped.ts';
import type { Answer } from '../../service.ts';
import type { Refusal } from './refusals.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem;color:#1b1a19;background:#fff}' +
  'button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left;border:1px solid #605e5c;border-radius:4px;background:#fff}' +
  'button:focus,button:hover{outline:2px solid #0f6cbd}small{display:block;color:#605e5c}';

const page = (status: number, title: string, body: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
  },
  bytes: Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${escaped(title)}</title><style>${STYLE}</style><main><h1>${escaped(title)}</h1>${body}</main></html>`,
  ),
});

export type Choice = { readonly id: string; readonly name: string; readonly account: string };

/**
 * The page on which a person chooses an account; this cloud asks for no password. `query` is the request of the application,
 * which the form sends along.
 */
export const choicePage = (
  tenant: string,
  { application, query, choices }: { application: string; query: string; choices: readonly Choice[] },
): Answer => {
  const people = choices.map(
    ({ id, name, account }) =>
      `<button name="person" value="${escaped(id)}">${escaped(name)}<small>${escaped(account)}</small></button>`,
  );
  return page(
    200,
    'Pick an account',
    `<p>to continue to ${escaped(application)}. This is the local cloud: whom you choose you are, without a password.</p>` +
      `<form method="post" action="/${escaped(tenant)}/login"><input type="hidden" name="request" value="${escaped(query)}">${people.join('')}</form>`,
  );
};

/** The page that shows a refusal to the person, where there is no application to which Entra could answer. */
export const refusalPage = ({ status, message }: Refusal): Answer =>
  page(status, 'Sorry, but we’re having trouble signing you in.', `<p>${escaped(message)}</p>`);

export const signedOutPage = (): Answer =>
  page(200, 'You signed out of your account', '<p>It’s a good idea to close all browser windows.</p>');
