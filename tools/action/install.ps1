# The action's first step on Windows: what install.sh is elsewhere. Reads ACTION_PATH, ROOT, INPUT_VERSION and RUNNER_ARCH, and nothing of the checkout.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSNativeCommandUseErrorActionPreference = $false

$downloads = 'https://github.com/hullmark/hullmark/releases/download'
$manifest = Get-Content -Raw -LiteralPath (Join-Path $env:ACTION_PATH 'Cargo.toml')
$own = [regex]::Match($manifest, '(?m)^\[workspace\.package\]\r?\nversion = "([^"]+)"').Groups[1].Value
$version = if ($env:INPUT_VERSION) { $env:INPUT_VERSION } else { $own }
$version = $version -creplace '^v', ''

function Stop-With([string] $message) {
    Write-Output "::error title=hullmark::$message"
    exit 2
}

# Builds the source that the action has; $why says why.
function Build-Source([string] $why) {
    Write-Output "::notice title=hullmark::$why, so hullmark is built from source, which takes some minutes"
    # Not in the checkout: rustup obeys a rust-toolchain.toml there.
    Set-Location -LiteralPath $env:ACTION_PATH
    $env:RUSTUP_TOOLCHAIN = 'stable'
    & cargo install --locked --quiet --path $env:ACTION_PATH --root $env:ROOT
    exit $LASTEXITCODE
}

# Downloads a file of the release; false if there is none.
function Get-File([string] $name, [string] $to) {
    # --disable: no .curlrc.
    & curl.exe --disable --fail --silent --show-error --location --proto '=https' --retry 2 --output $to "$downloads/v$version/$name"
    return $LASTEXITCODE -eq 0
}

# The checksum of an archive in a file of them; empty if it has none.
function Find-Checksum([string] $file, [string] $archive) {
    foreach ($line in Get-Content -LiteralPath $file) {
        if ($line -cmatch '^([0-9a-f]{64})  (.+)$' -and $Matches[2] -ceq $archive) { return $Matches[1] }
    }
    return ''
}

if (Test-Path -LiteralPath $env:ROOT) { Remove-Item -Recurse -Force -LiteralPath $env:ROOT }
$download = Join-Path $env:ROOT 'download'
$bin = Join-Path $env:ROOT 'bin'
$null = New-Item -ItemType Directory -Force -Path $download, $bin

if ($version -ceq 'source') { Build-Source 'version is source' }
if ($version -cnotmatch '\A[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}\z') { Stop-With "version is neither a version such as $own nor source" }
$target = switch ($env:RUNNER_ARCH) {
    'X64' { 'x86_64-pc-windows-msvc' }
    'ARM64' { 'aarch64-pc-windows-msvc' }
    default { '' }
}
$archive = "hullmark-$version-$target.zip"
$file = Join-Path $download $archive

if (-not $target -or -not (Get-File $archive $file)) {
    if ($version -ceq $own) { Build-Source "there is no release of version $version for this runner" }
    Stop-With "version $version cannot be downloaded for this runner"
}
# What the action itself says of the archive counts more than what the release says today.
$expected = Find-Checksum (Join-Path $env:ACTION_PATH 'tools/action/checksums') $archive
if (-not $expected) {
    $sums = Join-Path $download 'SHA256SUMS'
    if (-not (Get-File 'SHA256SUMS' $sums)) { Stop-With "the checksums of version $version cannot be downloaded" }
    $expected = Find-Checksum $sums $archive
    if (-not $expected) { Stop-With "version $version has no checksum of $archive" }
}
if ((Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash -ne $expected) { Stop-With "the SHA-256 of $archive is not that of the release" }
$unpacked = Join-Path $download 'unpacked'
Expand-Archive -LiteralPath $file -DestinationPath $unpacked
Move-Item -LiteralPath (Join-Path $unpacked "hullmark-$version-$target/hullmark.exe") -Destination $bin
exit 0
