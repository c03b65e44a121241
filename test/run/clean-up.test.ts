import { describe, expect, it } from 'vitest';
import { closeAll } from './clean-up.ts';

describe('What builders leave open', () => {
  it('is closed from the last to the first, since what was opened last stands on the others', async () => {
    const closed: string[] = [];
    await closeAll([() => void closed.push('the cloud'), async () => void closed.push('the browser')]);
    expect(closed).toEqual(['the browser', 'the cloud']);
  });

  it('is closed to the end though one cannot be, of which the test is then told', async () => {
    const closed: string[] = [];
    const fails = () => Promise.reject(new Error('the page complained'));
    const closing = closeAll([() => void closed.push('the cloud'), fails]);
    await expect(closing).rejects.toThrow('the page complained');
    expect(closed).toEqual(['the cloud']);
  });
});
