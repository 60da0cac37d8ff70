/** Transforms a column of money: drivers return 64-bit integers as text, and amounts stay far below what a number holds exactly. */
export const minorUnits = {
  to: (amount: number | null) => amount,
  from: (amount: string | number | null) => (amount === null ? null : Number(amount)),
};
