import type { Door } from './door.ts';

/** GET: the settings of the app. `inForce`: without the values of secret settings. */
export const openSettingsDoor =
  (inForce: readonly object[]): Door =>
  async () => ({ status: 200, body: { value: inForce } });
