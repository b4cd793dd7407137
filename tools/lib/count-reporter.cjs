/** The last line of a run: `N passed, N failed`. A file that could not run at all counts as one failure. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    this.line = `${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed`;
    process.on('exit', () => process.stdout.write(`\n${this.line}\n`));
  }
};
