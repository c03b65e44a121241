import type { BrowserContext, Page } from 'playwright-core';

/** The hosts to which the page may send: the app, and the host where people sign in. */
export const APP = 'https://cmk-guardian.azurewebsites.net';
export const LOGIN = 'https://login.microsoftonline.com';

const ALLOWED = [APP, LOGIN];

/** Chromium logs every answer with an error status; the page itself decides on the meaning of an answer. */
const IS_ANSWER = /^Failed to load resource: the server responded with a status of/;

/**
 * The forbidden acts of a page, as they happen: it breaks its policy, throws, logs a warning, or sends to another host. Sentences
 * for people.
 */
export const watch = (context: BrowserContext): (() => readonly string[]) => {
  const faults: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['data:', 'blob:', 'about:'].includes(url.protocol)) return;
    if (!ALLOWED.includes(url.origin)) faults.push(`asked ${url.origin}${url.pathname}`);
  });
  context.on('weberror', (error) => faults.push(`threw: ${error.error().stack ?? error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !IS_ANSWER.test(message.text())) faults.push(`said: ${message.text()}`);
  });
  return () => faults;
};

/** The page's stored data, which another script, or the next person at the machine, could read. */
export const keptBy = (page: Page): Promise<string> =>
  page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
