const { default: Sequencer } = require('@jest/test-sequencer');

const KINDS = ['.e2e-spec.ts', '.int-spec.ts', '.spec.ts'];
const kindOf = ({ path }) => KINDS.findIndex((ending) => path.endsWith(ending));

/** Whole-system stories begin first: on a fresh checkout Jest knows no durations, and the longest would come last. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => kindOf(a) - kindOf(b));
  }
};
