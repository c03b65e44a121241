import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { App } from './open-app.ts';

/** A request as raw bytes: it need not be valid in any part. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const PATIENCE_MS = 600_000;

/** Sends it with the key of the host, lets time pass until it is answered, and gives the status. */
export const sendRaw = async (
  { clock, host: running }: App,
  { method, path, headers, body }: RawRequest,
): Promise<number> => {
  const host = running();
  let settled = false;
  const answered = new Promise<number>((resolve, reject) => {
    const { agent } = clock;
    const options = { port: host.port, host: '127.0.0.1', agent, method, path };
    const request = http.request(
      {
        ...options,
        headers: { 'x-functions-key': host.masterKey, 'content-length': Buffer.byteLength(body), ...headers },
      },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    request.on('error', reject);
    request.end(body);
  }).finally(() => {
    settled = true;
  });
  answered.catch(() => undefined);
  await clock.advance(PATIENCE_MS, () => settled);
  return answered;
};

/** Megabytes of memory that the worker, the child of the host, holds now. */
export const workerMemory = ({ host }: App): number => {
  const { pid } = host();
  const [worker] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${worker}/status`, 'utf8'))?.[1]) / 1_024;
};
