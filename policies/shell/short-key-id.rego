# METADATA
# title: Short key ID
# description: |
#   A 32-bit ID is the end of a fingerprint, and a key with any such end is made in seconds: key servers hold forged ones. Whoever made the key that comes
#   back signs what is installed next.
# related_resources:
#   - https://evil32.com/
#   - https://www.gnupg.org/documentation/manuals/gnupg/Specify-a-User-ID.html
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{id}` is a 32-bit key ID, which anyone can forge"
#   remediation: Write the full fingerprint, 40 hexadecimal digits, as the owner of the key publishes it.
package rules.shell["short-key-id"]

deny contains {"at": word.at, "id": word.text} if {
	some command in input.commands
	command.program in {"gpg", "gpg2", "apt-key"}
	_asks_for_keys(command)
	some word in command.words
	_is_short(lower(word.text))
}

_asks_for_keys(command) if {
	some word in command.words
	_asks(word.text)
}

_asks(text) if text in {"--recv-keys", "--recv-key", "--receive-keys", "--recv"}

_asks(text) if startswith(text, "--recv-keys=")

_is_short(text) if {
	digits := trim_prefix(text, "0x")
	count(digits) == 8
	trim(digits, "0123456789abcdef") == ""
}
