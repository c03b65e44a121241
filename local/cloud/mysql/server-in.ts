import type { MySql } from './mysql.ts';
import type { Server } from './server.ts';

/** The server that a verb's input names, by name or resource id. */
export const serverIn = (mysql: MySql, { server: wanted }: Record<string, unknown>): Server => {
  const name = String(wanted ?? '').toLowerCase();
  const found = mysql.servers.all().filter((server) => [server.name, server.id].some((n) => n.toLowerCase() === name));
  if (found.length === 1 && found[0]) return found[0];
  const names = mysql.servers.all().map((server) => server.id);
  throw new Error(`'server' must be one of ${names.join(', ') || '(there is no MySQL server)'}; it is '${wanted}'.`);
};
