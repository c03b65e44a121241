import { getOrders } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { ordersSheet } from '../sheets/orders.ts';

export const addOrders: AddCommand = (program, { shows }) =>
  void program
    .command('orders')
    .description('The pauses and do-not-heal records that are in force, with who gave them and why.')
    .action(shows(async ({ sending }) => ordersSheet(await getOrders(sending))));
