#!/usr/bin/env bash
# The action's first step: puts hullmark into $ROOT/bin. The archive of the version that is asked for is downloaded and its SHA-256
# compared; where there is none, the action's own source is built.
#
# Reads ACTION_PATH, ROOT, INPUT_VERSION, RUNNER_OS and RUNNER_ARCH, and nothing of the checkout.
set -euo pipefail

downloads=https://github.com/hullmark/hullmark/releases/download
own=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"$/\1/p' "$ACTION_PATH/Cargo.toml")
version=${INPUT_VERSION:-$own}
version=${version#v}

fail() {
  printf '::error title=hullmark::%s\n' "$1"
  exit 2
}

# Builds the source that the action has; $1 says why.
build() {
  printf '::notice title=hullmark::%s, so hullmark is built from source, which takes some minutes\n' "$1"
  # Not in the checkout: rustup obeys a rust-toolchain.toml there, which may name a program of a pull request as the compiler.
  cd "$ACTION_PATH"
  RUSTUP_TOOLCHAIN=stable cargo install --locked --quiet --path "$ACTION_PATH" --root "$ROOT"
  exit
}

# Downloads $1 of the release to $2.
download() {
  # --disable: no .curlrc.
  curl --disable --fail --silent --show-error --location --proto '=https' --retry 2 --output "$2" "$downloads/v$version/$1"
}

rm -rf "$ROOT"
mkdir -p "$ROOT/bin" "$ROOT/download"

if [ "$version" = source ]; then build "version is source"; fi
if ! [[ $version =~ ^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$ ]]; then
  fail "version is neither a version such as $own nor source"
fi
case "$RUNNER_OS-$RUNNER_ARCH" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  *) target= ;;
esac
archive=hullmark-$version-$target.tar.gz
sums=$ROOT/download/SHA256SUMS

if [ -z "$target" ] || ! download "$archive" "$ROOT/download/$archive"; then
  if [ "$version" = "$own" ]; then build "there is no release of version $version for this runner"; fi
  fail "version $version cannot be downloaded for this runner"
fi
# What the action itself says of the archive counts more than what the release says today.
if ! grep -E "^[0-9a-f]{64}  $archive\$" "$ACTION_PATH/tools/action/checksums" > "$sums"; then
  download SHA256SUMS "$sums.all" || fail "the checksums of version $version cannot be downloaded"
  grep -E "^[0-9a-f]{64}  $archive\$" "$sums.all" > "$sums" || fail "version $version has no checksum of $archive"
fi
cd "$ROOT/download"
if command -v sha256sum > /dev/null; then check=(sha256sum --check --status); else check=(shasum --algorithm 256 --check --status); fi
if ! "${check[@]}" SHA256SUMS; then fail "the SHA-256 of $archive is not that of the release"; fi
tar -xzf "$archive" -C "$ROOT/bin" --strip-components=1 "${archive%.tar.gz}/hullmark"
