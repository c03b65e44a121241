import { promisify } from 'node:util';
import zlib from 'node:zlib';

const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];

/** A file below this size fits into one network packet uncompressed. */
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

/** The files, and for each large one a compressed copy beside it: so the app never compresses during a request. */
export const compressed = async (files: ReadonlyMap<string, Uint8Array>): Promise<ReadonlyMap<string, Uint8Array>> =>
  new Map((await Promise.all([...files].map(withTwins))).flat());
