/** An error of a database driver as plain data, which keeps what `driverCode` reads when it is sent to another thread. */
export interface DriverError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly errno?: number | undefined;
  readonly fatal?: boolean | undefined;
  readonly stack?: string | undefined;
}

/** Returns the parts of an error that can be sent to another thread. */
export function driverErrorOf(error: unknown): DriverError {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack, code, errno, fatal } = error as Error & DriverError;
  return { message, stack, code, errno, fatal };
}

/** Returns an error with the properties of one that another thread has sent. */
export function errorFrom({ message, ...properties }: DriverError): Error {
  return Object.assign(new Error(message), properties);
}
