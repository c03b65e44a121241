import type { Answer } from '../../service.ts';
import type { Return } from './authorize-request.ts';

/** Sends the browser back to the application with the result of the request, or with the error. */
export const goBack = ({ redirectUri, mode, state }: Return, answer: Readonly<Record<string, string>>): Answer => {
  const parameters = new URLSearchParams({ ...answer, ...(state !== undefined && { state }) });
  const target = new URL(redirectUri);
  if (mode === 'fragment') target.hash = parameters.toString();
  else for (const [name, value] of parameters) target.searchParams.set(name, value);
  return { status: 302, headers: { location: target.href, 'cache-control': 'no-store' } };
};
