# METADATA
# title: Malformed JSON list
# description: |
#   Exec form is JSON: strings in double quotes, commas between them, nothing after the closing bracket. The builder does not reject a malformed list: it
#   passes the text to a shell, which looks for a program called `[server]`; in other instructions the brackets become part of names and paths.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#exec-form
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "not a JSON list, {effect}: {problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Put each string in double quotes, with commas between them and nothing after the closing bracket; remove a trailing comma, and move a comment to a
#     line of its own. For a variable, which a list does not expand, write the words without brackets and commas, after `exec` in `CMD` and
#     `ENTRYPOINT`.
#   aliases:
#     - {id: kics:not_using_json_in_cmd_and_entrypoint_arguments, when: {keyword: [CMD, ENTRYPOINT]}}
#     - {id: hadolint:DL3025, when: {keyword: [CMD, ENTRYPOINT]}}
#     - {id: buildkit:JSONArgsRecommended, when: {keyword: [CMD, ENTRYPOINT]}}
#     - {id: semgrep:prefer-json-notation, when: {keyword: [CMD, ENTRYPOINT]}}
package rules.dockerfile["malformed-list"]

deny contains {"at": fault.at, "problem": split(fault.text, ": write")[0], "keyword": instruction.keyword, "effect": _effect(instruction.keyword), "advice": _advice(fault.text)} if {
	some instruction in input.instructions
	instruction.list_fault
	fault := instruction.list_fault
}

_effect(keyword) := "so a shell reads the brackets" if keyword in {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"}

_effect(keyword) := "so the brackets become part of the paths" if keyword in {"COPY", "ADD", "VOLUME"}

_effect(keyword) := "so it is not in exec form" if not keyword in {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY", "ADD", "VOLUME"}

_advice(problem) := "Move the comment to a line of its own." if contains(problem, "comments")

_advice(problem) := "Write `\\\\` or `/` for each backslash." if contains(problem, "no escape in JSON")

_advice(problem) := "Remove the comma." if startswith(problem, "trailing comma")

# A list is handed to the program as it is written: nothing in it is expanded.
_advice(problem) := "Variables are not expanded in a list: write the words without brackets and commas, and the shell expands them." if contains(problem, "`$")

_advice(problem) := "Write strings in double quotes, with commas between them and nothing behind the closing bracket." if {
	not contains(problem, "`$")
	not contains(problem, "comments")
	not contains(problem, "no escape in JSON")
	not startswith(problem, "trailing comma")
}
