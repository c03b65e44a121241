import type { Incoming } from '../../incoming.ts';
import type { Answer } from '../../service.ts';
import type { Registrations } from '../graph/registrations.ts';
import { isOriginOf } from './redeem.ts';

/** A page of any origin may read public data. */
export const readableByAnyPage = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, OPTIONS' },
});

/** Only pages at a redirect URI that the application has registered may read tokens. */
export const readableByOwnPages = (
  registrations: Registrations,
  { text, headers }: Incoming,
  answer: Answer,
): Answer => {
  const { origin } = headers;
  const client = registrations.find(new URLSearchParams(text).get('client_id') ?? '');
  if (origin === undefined || !client || !isOriginOf(client, origin)) return answer;
  const allowed = { 'access-control-allow-origin': origin, vary: 'Origin' };
  return { ...answer, headers: { ...answer.headers, ...allowed } };
};

/** Before the application of a token is known, any page may ask for it. */
export const preflight = ({ headers }: Incoming): Answer => ({
  status: 200,
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '86400',
  },
});
