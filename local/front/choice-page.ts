import { escaped } from '../cloud/escaped.ts';
import type { Answer } from '../cloud/service.ts';

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:12vh auto;padding:0 1rem}' +
  'button{display:block;width:100%;margin:.5rem 0;padding:.75rem 1rem;font:inherit;text-align:left;border:1px solid;border-radius:4px;background:none;color:inherit}' +
  'button:focus,button:hover{outline:2px solid #0f6cbd}small{display:block}';

const MAY: Readonly<Record<string, string>> = {
  Reader: 'may read',
  Requester: 'may also ask for looks and repairs',
  Operator: 'may also pause and forbid',
  Approver: 'may also approve, and lift overrides',
};

export type Choice = { readonly id: string; readonly name: string; readonly roles: readonly string[] };

const button = ({ id, name, roles }: Choice): string =>
  `<button name="person" value="${escaped(id)}">${escaped(name)}<small>${escaped(
    roles.map((role) => `${role}: ${MAY[role] ?? 'a role of its own'}`).join(', '),
  )}</small></button>`;

/** The page on which a person chooses a role in the story. `back`: the path of the next page. */
export const choicePage = (place: string, choices: readonly Choice[], back: string): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  },
  bytes: Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Who are you?</title><style>${STYLE}</style><main><h1>Who are you?</h1><p>In Azure you would sign in with Entra. Here you are whom you choose.</p><form method="post" action="${escaped(place)}"><input type="hidden" name="back" value="${escaped(back)}">${choices.map(button).join('')}</form></main></html>`,
  ),
});
