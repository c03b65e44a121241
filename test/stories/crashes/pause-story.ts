import { MINUTE } from '../../builders/app.ts';
import {
  expireKey,
  isDown,
  orders,
  ordersServes,
  single,
  startReconciliation,
  writes,
} from '../../builders/incident.ts';
import { liftPause } from '../../builders/people.ts';
import { atEachRequest, type Interruption, type Outcome } from './at-each-request.ts';

/** A run begins, is paused where it makes its n-th request, and ends well once the pause is lifted. */
const pauseAt: Interruption = async (app, tables, n) => {
  expireKey(app);
  await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
  tables.stallAt(n);
  await startReconciliation(app);
  await app.clock.advance(2 * MINUTE, tables.reached);
  if (!tables.reached()) return { over: true };
  await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'maintenance' } }, 200);
  const before = writes(app).length;
  await app.pass(3 * MINUTE);
  const late = writes(app).slice(before);
  await liftPause(app);
  await startReconciliation(app);
  await ordersServes(app);
  await app.pass(MINUTE);
  return { over: false, ...(late.length > 0 && { fault: `${late.join(', ')} was sent in the pause` }) };
};

export const writesInPauses = (every: number): Promise<Outcome> =>
  atEachRequest({ world: orders([single('orders')]) }, every, pauseAt);
