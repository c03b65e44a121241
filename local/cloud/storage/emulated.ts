import type { Answer } from '../service.ts';
import type { Emulated } from './container-routes.ts';
import type { Relay } from './emulator.ts';
import type { StorageAccount } from './storage-account.ts';

/**
 * A container that is made or deleted through Resource Manager is made or deleted in the emulator too; without an emulator
 * nowhere.
 */
export const createEmulated = (relay: Relay | undefined): Emulated => {
  const send = async (account: StorageAccount, method: string, container: string): Promise<Answer | undefined> =>
    relay?.send(account, 'blob', {
      method,
      host: `${account.name}.blob.core.windows.net`,
      path: `/${container}`,
      query: new URLSearchParams({ restype: 'container' }),
      headers: { 'x-ms-version': '2023-11-03' },
      text: '',
      bytes: Buffer.alloc(0),
    });
  const settled = async (answer: Promise<Answer | undefined>, taken: number): Promise<void> => {
    const { status } = (await answer) ?? { status: taken };
    if (status >= 300 && status !== taken) throw new Error(`The storage emulator answered ${status}.`);
  };
  return {
    create: (account, container) => settled(send(account, 'PUT', container), 409),
    remove: (account, container) => settled(send(account, 'DELETE', container), 404),
  };
};
