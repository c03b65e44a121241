import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A part of a storage that counts its requests: it stands between the product and Azurite. */
export type CountedTables = {
  /** Of Azurite, with this in place of its tables or blobs. */
  readonly connectionString: string;
  /** The number of requests since the last call of this. */
  count(): number;
  close(): void;
};

const counted = async (azurite: string, service: RegExp): Promise<CountedTables> => {
  const port = Number(service.exec(azurite)?.[3]);
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
    connectionString: azurite.replace(service, `$1$2:${own}`),
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

export const countedTables = (azurite: string): Promise<CountedTables> =>
  counted(azurite, /(TableEndpoint=http:\/\/)([^:]+):(\d+)/);

export const countedBlobs = (azurite: string): Promise<CountedTables> =>
  counted(azurite, /(BlobEndpoint=http:\/\/)([^:]+):(\d+)/);
