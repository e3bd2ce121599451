#!/usr/bin/env node
// Lets forge use the npm compiler: forge asks for --version and sends standard JSON on stdin.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const solc = createRequire(import.meta.url)('solc');
if (process.argv.includes('--version')) {
  console.log(`Version: ${solc.version().replace('.Emscripten.clang', '.Linux.g++')}`);
} else {
  // No process.exit(): the output of a large project must drain through the pipe.
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')));
}
