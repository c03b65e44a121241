import type { BrowserContext, Page } from 'playwright-core';

/** Who the page may talk to: the app, and the host where people sign in. */
export const APP = 'https://cmk-guardian.azurewebsites.net';
export const LOGIN = 'https://login.microsoftonline.com';

const ALLOWED = [APP, LOGIN];

/** Chromium tells of every answer that is an error; what an answer means is for the page to say. */
const IS_ANSWER = /^Failed to load resource: the server responded with a status of/;

/** What no page may have done, as it happens: break its policy, throw, complain, or ask somebody else. Sentences for people. */
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

/** What the page keeps where another script, or whoever has the machine next, could read it. */
export const keptBy = (page: Page): Promise<string> =>
  page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
