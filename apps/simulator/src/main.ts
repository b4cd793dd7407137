import { replayCommand, simulateCommand } from './cli/options';
import { simulate } from './cli/simulate';
import { replay } from './replay/replay';

const stop = new AbortController();
for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
  // `disconnect`: the parent that forked us is gone
  process.once(event, () => {
    stop.abort();
  });

async function main(): Promise<void> {
  try {
    const command = simulateCommand(async (options) => {
      if (!(await simulate(options, process.stdout, stop.signal))) process.exitCode = 1;
    });
    command.addCommand(
      replayCommand(async (options) => {
        if (!(await replay(options, process.stdout, stop.signal))) process.exitCode = 1;
      }),
    );
    await command.parseAsync();
  } catch (error) {
    process.stderr.write(`simulate: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
void main();
