#!/usr/bin/env bash
# The action's second step: runs hullmark with what the inputs say. Their values come in the environment and are arguments, never text of a command.
# Without -u: to the bash of macOS an empty list is unset.
set -eo pipefail

# Sets `items` to the lines of $1 that are not blank, trimmed; a single line is split at spaces.
split_items() {
  local line
  items=()
  while read -r line; do
    if [ -n "$line" ]; then items+=("$line"); fi
  done <<< "${1//$'\r'/}"
  if [ "${#items[@]}" -eq 1 ]; then read -ra items <<< "${items[0]}"; fi
}
# Adds option $1 once for each name in $2.
add_names() {
  local name names
  IFS=$', \t\r\n' read -r -d '' -a names <<< "$2" || true
  for name in "${names[@]}"; do
    if [ -n "$name" ]; then options+=("$1=$name"); fi
  done
}
# Fetches commit $1 if it is not there.
fetch() {
  if ! git cat-file -e "$1^{commit}" 2> /dev/null; then
    git fetch --quiet --no-tags --depth=1 origin -- "$1"
  fi
}
options=()
if [ -n "$INPUT_CONFIG" ]; then options+=("--config=$INPUT_CONFIG"); fi
# The author of a pull request writes the configuration in it, too.
from=$INPUT_CONFIG_FROM
if [ -z "$from" ] && [ -z "$INPUT_CONFIG" ]; then from=$BASE; fi
case "$from" in
  "" | none) ;;
  ./* | ../* | /*) options+=("--config-from=$from") ;;
  *)
    fetch "$from"
    options+=("--config-from=$from")
    ;;
esac
add_names --select "$INPUT_SELECT"
add_names --ignore "$INPUT_IGNORE"
if [ -n "$INPUT_FAIL_ON" ]; then options+=("--fail-on=$INPUT_FAIL_ON"); fi
if [ -n "$INPUT_BASELINE" ]; then options+=("--baseline=$INPUT_BASELINE"); fi
if [ "$INPUT_DIFF_BASE" = auto ] && [ -n "$BASE" ]; then
  # The first parent of the merge that is checked out.
  fetch "$(git cat-file commit HEAD | sed -n '/^$/q; s/^parent //p' | head -n 1)"
fi
if [ -n "$INPUT_DIFF_BASE" ]; then options+=("--diff-base=$INPUT_DIFF_BASE"); fi
options+=("--format=${INPUT_FORMAT:-github}" --output=-)
if [ -n "$INPUT_SARIF" ]; then options+=(--format=sarif "--output=$INPUT_SARIF"); fi
if [ "$INPUT_SUMMARY" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  options+=(--format=markdown "--output=$GITHUB_STEP_SUMMARY")
fi
split_items "$INPUT_ARGS"
if [ "${#items[@]}" -gt 0 ]; then options+=("${items[@]}"); fi
split_items "$INPUT_PATHS"
"$HULLMARK" check "${options[@]}" -- "${items[@]}"
