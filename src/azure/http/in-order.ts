/** Does one thing after the other, in the order in which they came. A thing that fails does not keep the next one from its turn. */
export const inOrder = (): (<Done>(turn: () => Promise<Done>) => Promise<Done>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const own = last.then(turn);
    // A failed request must not make the next one in the queue fail.
    last = own.catch(() => {});
    return own;
  };
};
