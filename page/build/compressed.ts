import { promisify } from 'node:util';
import zlib from 'node:zlib';

const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];

/** Below this a packet holds it as it is. */
const SMALL = 1_024;

const withTwins = async ([name, bytes]: readonly [string, Uint8Array]): Promise<readonly [string, Uint8Array][]> => {
  if (bytes.byteLength < SMALL) return [[name, bytes]];
  const [br, gz] = await Promise.all([brotli(bytes), gzip(bytes, { level: 9 })]);
  return [
    [name, bytes],
    [`${name}.br`, br],
    [`${name}.gz`, gz],
  ];
};

/** The files, and beside those that are worth it the same compressed: nobody compresses when they are asked for. */
export const compressed = async (files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map((await Promise.all([...files].map(withTwins))).flat());
