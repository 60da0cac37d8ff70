/** Runs the main function of a program, and prints what it returns. The input is the JSON of the first argument. */
export function asProgram(main: (input: never) => Promise<object>): void {
  main(JSON.parse(process.argv[2]!) as never).then(
    (output) => process.stdout.write(JSON.stringify(output), () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
