import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Table storage that counts what is asked of it: it stands between the product and Azurite. */
export type CountedTables = {
  /** Of Azurite, with this in place of its tables. */
  readonly connectionString: string;
  /** How many requests came since this was last asked. */
  count(): number;
  close(): void;
};

const TABLES = /(TableEndpoint=http:\/\/)([^:]+):(\d+)/;

export const countedTables = async (azurite: string): Promise<CountedTables> => {
  const port = Number(TABLES.exec(azurite)?.[3]);
  let seen = 0;
  const server = http.createServer((request, response) => {
    seen += 1;
    const { method, url: path, headers } = request;
    const onward = http.request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.once('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    connectionString: azurite.replace(TABLES, `$1$2:${own}`),
    count: () => {
      const since = seen;
      seen = 0;
      return since;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
