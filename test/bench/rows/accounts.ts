/** The accounts of the benchmark, with their shares of the rows. */
export const ACCOUNTS = [
  { name: 'Large Merchant', email: 'large@bench.example', share: 0.9 },
  { name: 'Medium Merchant', email: 'medium@bench.example', share: 0.09 },
  { name: 'Small Merchant', email: 'small@bench.example', share: 0.01 },
] as const;
