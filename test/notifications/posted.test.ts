import { describe, expect, it } from 'vitest';
import { whyNotTaken } from '../../src/notifications/posted.ts';

describe('A receiver that takes no message', () => {
  it.each([
    [302, 'leads elsewhere, where nothing is sent: has its address changed? (302)'],
    [400, 'does not take this message (400)'],
    [401, 'does not know the product: is the secret in its address still the right one? (401)'],
    [404, 'is not there any more: has its address changed? (404)'],
    [429, 'takes no more messages for a while (429)'],
    [503, 'takes no message now (503)'],
  ])('is told in words, with the status last: %i', (status, words) => {
    expect(whyNotTaken(status)).toBe(words);
  });
});
