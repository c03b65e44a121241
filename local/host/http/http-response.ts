import type { HttpCookie, HttpResponseData, TypedData } from '../worker/protocol.ts';
import type { Reply } from './http-server.ts';

/** The result of an HTTP function as a response; no result is 204. */
export function toReply(data: TypedData | null | undefined): Reply {
  const response = data?.http as HttpResponseData | undefined;
  if (!response) return { status: 204 };
  // Node itself writes this header, according to the body.
  const { 'transfer-encoding': _, ...headers } = response.headers ?? {};
  const cookies = (response.cookies ?? []).map(toSetCookie);
  return {
    status: Number(response.statusCode ?? 200),
    headers: { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) },
    body: bodyOf(response.body),
  };
}

const bodyOf = (body: TypedData | undefined): string | Uint8Array => body?.bytes ?? body?.string ?? body?.json ?? '';

function toSetCookie(cookie: HttpCookie): string {
  const { maxAge, expires, domain, path, secure, httpOnly, sameSite } = cookie;
  const attributes = [
    `${cookie.name}=${encodeURIComponent(cookie.value)}`,
    maxAge && `Max-Age=${maxAge.value}`,
    expires && `Expires=${new Date(Number(expires.value.seconds) * 1000).toUTCString()}`,
    domain && `Domain=${domain.value}`,
    path && `Path=${path.value}`,
    secure?.value && 'Secure',
    httpOnly?.value && 'HttpOnly',
    sameSite && sameSiteAttribute(sameSite),
  ];
  return attributes.filter(Boolean).join('; ');
}

/** In the RPC protocol `none` means that the attribute is absent, and `explicitNone` its value None. */
function sameSiteAttribute(value: string): string {
  if (/^none$/i.test(value)) return '';
  return `SameSite=${/^explicitNone$/i.test(value) ? 'None' : value}`;
}
