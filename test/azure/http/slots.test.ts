import { describe, expect, it } from 'vitest';
import { openNamedSlots } from '../../../src/azure/http/slots.ts';

const settled = async (waiting: Promise<void>): Promise<boolean> => {
  let isSettled = false;
  void waiting.then(() => {
    isSettled = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  return isSettled;
};

describe('Slots by name', () => {
  it('are forgotten when the last one is left, and not while somebody waits for one', async () => {
    const slots = openNamedSlots(2);
    const orders = slots.of('orders');
    const [first, second, third] = [orders.take(), slots.of('orders').take(), orders.take()];
    await Promise.all([first, second]);
    expect(await settled(third)).toBe(false);
    orders.leave();
    expect(await settled(third)).toBe(true);
    orders.leave();
    expect(slots.names()).toEqual(['orders']);
    orders.leave();
    expect(slots.names()).toEqual([]);
  });

  it('are as many as before for who comes after they were forgotten', async () => {
    const slots = openNamedSlots(1);
    const before = slots.of('orders');
    await before.take();
    before.leave();
    const after = slots.of('orders');
    await before.take();
    const waits = after.take();
    expect(await settled(waits)).toBe(false);
    before.leave();
    expect(await settled(waits)).toBe(true);
  });

  it('of one name do not count for another', async () => {
    const slots = openNamedSlots(1);
    await slots.of('orders').take();
    expect(await settled(slots.of('web').take())).toBe(true);
    expect(slots.names()).toEqual(['orders', 'web']);
  });
});
