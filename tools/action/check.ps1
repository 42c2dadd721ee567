# The action's second step on Windows: what check.sh is elsewhere. The values of inputs come in the environment and are arguments, never text of a command.
Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$PSNativeCommandArgumentPassing = 'Standard'

# The lines of a text that are not blank, trimmed; a single line is split at spaces.
function Split-Items([string] $text) {
    $lines = @($text -split '\r?\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    if ($lines.Count -eq 1) { $lines = @($lines[0] -split '[ \t]+') }
    return , $lines
}

# An option once for each name in a text.
function Get-Names([string] $option, [string] $text) {
    return , @($text -split '[, \t\r\n]+' | Where-Object { $_ } | ForEach-Object { "$option=$_" })
}

# Fetches a commit if it is not there.
function Get-Commit([string] $revision) {
    & git cat-file -e "${revision}^{commit}" 2> $null
    if ($LASTEXITCODE -ne 0) {
        $arguments = 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', '--', $revision
        & git @arguments
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    }
}

$options = @()
if ($env:INPUT_CONFIG) { $options += "--config=$env:INPUT_CONFIG" }
# The author of a pull request writes the configuration in it, too.
$from = $env:INPUT_CONFIG_FROM
if (-not $from -and -not $env:INPUT_CONFIG) { $from = $env:BASE }
if ($from -and $from -cne 'none') {
    if ($from -notmatch '\A\.{0,2}/') { Get-Commit $from }
    $options += "--config-from=$from"
}
$options += Get-Names '--select' $env:INPUT_SELECT
$options += Get-Names '--ignore' $env:INPUT_IGNORE
if ($env:INPUT_FAIL_ON) { $options += "--fail-on=$env:INPUT_FAIL_ON" }
if ($env:INPUT_BASELINE) { $options += "--baseline=$env:INPUT_BASELINE" }
if ($env:INPUT_DIFF_BASE -ceq 'auto' -and $env:BASE) {
    # The first parent of the merge that is checked out; what follows the first empty line is its message.
    foreach ($line in & git cat-file commit HEAD) {
        if (-not $line) { break }
        if ($line -cmatch '^parent (\S+)') { Get-Commit $Matches[1]; break }
    }
}
if ($env:INPUT_DIFF_BASE) { $options += "--diff-base=$env:INPUT_DIFF_BASE" }
$format = if ($env:INPUT_FORMAT) { $env:INPUT_FORMAT } else { 'github' }
$options += "--format=$format", '--output=-'
if ($env:INPUT_SARIF) { $options += '--format=sarif', "--output=$env:INPUT_SARIF" }
if ($env:INPUT_SUMMARY -ceq 'true' -and $env:GITHUB_STEP_SUMMARY) { $options += '--format=markdown', "--output=$env:GITHUB_STEP_SUMMARY" }
$options += Split-Items $env:INPUT_ARGS
$paths = Split-Items $env:INPUT_PATHS
& "${env:HULLMARK}.exe" check @options '--' @paths
exit $LASTEXITCODE
