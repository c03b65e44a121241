import { describe, expect, it } from 'vitest';
import { createCountdown } from '../../../local/demo/countdown.ts';
import { rowAt } from './rows.ts';

const lost = (server: string) => ({ server, to: 'lost' }) as const;
const lockedOut = (server: string) => ({ server, to: 'lockedOut' }) as const;
const back = (server: string) => ({ server, to: 'back' }) as const;

describe('the ten minutes', () => {
  it('say nothing while no server has lost its key', () => {
    expect(createCountdown()(rowAt(0, 'healthy'))).toBe('');
  });

  it('run down from the loss', () => {
    const countdown = createCountdown();
    expect(countdown(rowAt(0, 'lost', lost('orders')))).toBe('10:00 left');
    expect(countdown(rowAt(65, 'detected'))).toBe('8:55 left');
  });

  it('become the time that users are locked out, until the server serves again', () => {
    const countdown = createCountdown();
    countdown(rowAt(0, 'lost', lost('orders')));
    expect(countdown(rowAt(60, 'locked out', lockedOut('orders')))).toBe('0:00 down');
    expect(countdown(rowAt(150, 'detected'))).toBe('1:30 down');
    expect(countdown(rowAt(210, 'revalidated', back('orders')))).toBe('2:30 down');
    expect(countdown(rowAt(220, 'Ready'))).toBe('');
  });

  it('are those of the server that is worst off', () => {
    const countdown = createCountdown();
    countdown(rowAt(0, 'lost', lost('orders')));
    countdown(rowAt(30, 'lost', lost('invoices')));
    expect(countdown(rowAt(60, 'regained', back('orders')))).toBe('9:00 left');
    expect(countdown(rowAt(90, 'detected'))).toBe('9:00 left');
  });

  it('tell of users who are locked out before those who will be', () => {
    const countdown = createCountdown();
    countdown(rowAt(0, 'lost', lost('orders')));
    countdown(rowAt(30, 'lost', lost('invoices')));
    expect(countdown(rowAt(60, 'locked out', lockedOut('invoices')))).toBe('0:00 down');
  });

  it('end with the world that they are of', () => {
    const countdown = createCountdown();
    countdown(rowAt(0, 'lost', lost('orders')));
    expect(countdown(rowAt(60, 'new world', { to: 'newWorld' }))).toBe('');
  });
});
