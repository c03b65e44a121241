/** `level`: a level of the Functions host, `trace` to `critical`. */
export type Log = (level: string, message: string) => void;

/** A log on stderr. stdout carries only the output that the caller of the host waits for. */
export function createLog(minimum: 'information' | 'warning'): Log {
  const heard =
    minimum === 'warning' ? ['warning', 'error', 'critical'] : ['information', 'warning', 'error', 'critical'];
  return (level, message) => {
    if (heard.includes(level)) process.stderr.write(`[${new Date().toISOString()}] ${mark(level)}${message}\n`);
  };
}

const mark = (level: string): string => (level === 'information' ? '' : `${level}: `);
