// Ends what the starter started when the starter is gone, even by SIGKILL and even half-way through starting.
import { spawn } from 'node:child_process';

// Reads a pipe that only the starter holds, one line per process or throw-away folder, and acts at its end: first the
// apps (they say good-bye to the servers), then the servers, then the folders. Nothing is signalled whose command line
// does not contain the marker it was announced with: a process id may have been taken by somebody else.
const SCRIPT = `trap '' INT TERM HUP
list=''
while IFS= read -r line; do list="$list$line
"; done
args() { if [ -r "/proc/$1/cmdline" ]; then tr '\\0' ' ' <"/proc/$1/cmdline"; else ps -o args= -p "$1"; fi 2>/dev/null; }
ours() { case "$(args "$1")" in *"$2"*) true;; *) false;; esac; }
each() { # each <kind> <signal>: signals all of a kind, fails while one of them lives
  printf '%s' "$list" | { left=0; while read -r kind signal id marker; do
    if [ "$kind" = "$1" ] && ours "$id" "$marker"; then left=1; [ "$2" = look ] || kill "-\${2:-$signal}" "$id" 2>/dev/null; fi
  done; [ $left = 0 ]; }
}
await() { end=$(($(date +%s) + $2)); while ! each "$1" look && [ "$(date +%s)" -lt "$end" ]; do sleep 0.1; done; }
each app ''; await app 10; each app KILL
each server ''; await server 8; each server KILL
printf '%s' "$list" | while read -r kind signal id marker; do [ "$kind" = remove ] && rm -rf "$marker"; done`;

export class Watchdog {
  #child = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });

  constructor() {
    this.#child.stdin.on('error', () => {}); // it is gone: nothing left to tell it
    this.#child.unref();
    this.#child.stdin.unref?.();
  }
  /** @param {'app'|'server'} kind @param {string} signal as in SIGTERM @param {string} marker a part of its command line */
  watch(kind, pid, signal, marker) {
    this.#child.stdin.write(`${kind} ${signal.slice(3)} ${pid} ${marker}\n`);
  }
  removeAtEnd(dir) {
    this.#child.stdin.write(`remove - - ${dir}\n`);
  }
  /** Everything was ended in order: it has nothing to do any more. */
  dismiss() {
    this.#child.kill('SIGKILL');
  }
}
