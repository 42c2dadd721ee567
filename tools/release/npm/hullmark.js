#!/usr/bin/env node
// Runs the program of this platform's package, with the same arguments, streams and exit status.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const name = `@hullmark/cli-${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "hullmark.exe" : "hullmark";

function find() {
  try {
    return require.resolve(`${name}/${program}`);
  } catch {
    console.error(
      `hullmark: the package ${name} is not installed. Either there is no build for this platform, or optional ` +
        "dependencies were left out (npm install --omit=optional).",
    );
    process.exit(2);
  }
}

const run = spawnSync(find(), process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (run.error) {
  console.error(`hullmark: ${run.error.message}`);
  process.exit(2);
}
process.exit(run.signal ? 128 + (constants.signals[run.signal] ?? 0) : run.status);
