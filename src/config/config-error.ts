/** Invalid settings, which keep the service from starting. The message names each one and its allowed values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
