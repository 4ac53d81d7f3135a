// Mocha's usual report, and the two counts in the file that `INTERLOCK_TEST_REPORT` names.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export default class Reporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0 };
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_RUN_END } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_PASS, () => {
      counts.passed += 1;
    });
    // Also hooks that fail.
    runner.on(EVENT_TEST_FAIL, () => {
      counts.failed += 1;
    });
    runner.once(EVENT_RUN_END, () => {
      const file = process.env.INTERLOCK_TEST_REPORT;
      if (file) writeFileSync(file, JSON.stringify(counts));
    });
  }
}
