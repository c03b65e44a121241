const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

export const isThisMachine = (host: string): boolean => LOCAL.test(host);
