//! Which secrets of a repository need not be kept secret, by their names.

/// Ends of names of what repositories keep as secrets though it is none: user names, ids, switches, addresses.
const PUBLIC_ENDS: &[&str] = &[
    "_USR",
    "_USER",
    "_USERNAME",
    "_USER_NAME",
    "_LOGIN",
    "_EMAIL",
    "_ID",
    "_DEBUG",
    "_REGION",
    "_HOST",
    "_HOSTNAME",
    "_PORT",
    "_ENDPOINT",
    "_BUCKET",
    "_ORG",
    "_ORGANIZATION",
    "_REGISTRY",
    "_REPO",
    "_REPOSITORY",
    "_DOMAIN",
    "_VERSION",
    "_ENABLED",
    "_AVAILABLE",
    "_EXISTS",
    "_PUBLIC_KEY",
    "_NAME",
    "_GROUP",
    "_RESOURCEGROUP",
    "_IMAGE",
    "_PROJECT",
    "_CLUSTER",
    "_NAMESPACE",
    "_TENANT",
    "_SUBSCRIPTION",
    "_ZONE",
    "_SHEET",
    "_NUMBER",
    "_LOCATION",
    "_PATH",
    "_DIR",
    "_FOLDER",
    "_IP",
    "_ADDRESS",
    "_OWNER",
    "_TEAM",
    "_CHANNEL",
    "_SITE",
    "_ENVIRONMENT",
    "_ROLE",
    "_ARN",
    "_FINGERPRINT",
    "_MAIL",
    "_STAGE",
    "_BRANCH",
    "_TAG",
    "_STACK",
    "_WORKSPACE",
    "_DISTRIBUTION",
    "_ALIAS",
    "_TABLE",
    "_ACTOR",
    "_DSN",
];
/// Beginnings of names of switches.
const SWITCHES: &[&str] = &["IS_", "HAS_", "ENABLE_", "DISABLE_", "USE_", "SKIP_"];

/// Words in names of addresses that let whoever has them in: hooks, databases, proxies, signed addresses.
const OPENING: &[&str] = &[
    "AMQP",
    "BROKER",
    "CONN",
    "CONNECTION",
    "DATABASE",
    "DB",
    "DISCORD",
    "DSN",
    "FEED",
    "GIT",
    "HOOK",
    "HOOKS",
    "INDEX",
    "MONGO",
    "MONGODB",
    "MYSQL",
    "NOTIFY",
    "PG",
    "POSTGRES",
    "POSTGRESQL",
    "PRESIGNED",
    "PRIVATE",
    "PROXY",
    "RABBITMQ",
    "REDIS",
    "REMOTE",
    "REPO",
    "SAS",
    "SECRET",
    "SENTRY",
    "SIGNED",
    "SLACK",
    "TEAMS",
    "TOKEN",
    "UPLOAD",
    "WEBHOOK",
    "WEBHOOKS",
];

/// Whether a name is that of an address that alone lets nobody in: `SIGN_KEY_VAULT_URL`, `SONAR_URL`.
fn is_address(name: &str) -> bool {
    let mut words = name.split('_');
    matches!(words.next_back(), Some("URL" | "URI"))
        && !words.any(|word| {
            OPENING.contains(&word) || word.ends_with("HOOK") || word.ends_with("WEBHOOKS")
        })
}

/// Whether a name says that what it holds need not be kept secret.
pub(super) fn is_public_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    SWITCHES.iter().any(|start| name.starts_with(start))
        || is_address(&name)
        || PUBLIC_ENDS
            .iter()
            .any(|end| name.ends_with(end) || name == end[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_things_are_no_secrets() {
        for name in [
            "AZURE_RESOURCEGROUP",
            "git_user_email",
            "NAME",
            "DOCKER_TESTING_IMAGE",
            "SIGN_KEY_VAULT_URL",
            "NOTIFICATION_SHEET_URL",
        ] {
            assert!(is_public_name(name), "{name}");
        }
        for name in [
            "NPM_TOKEN",
            "GCP_SERVICE_ACCOUNT",
            "SLACK_WEBHOOK_URL",
            "DATABASE_URL",
            "SLACKHOOK_URL",
            "PROD_ENV",
        ] {
            assert!(!is_public_name(name), "{name}");
        }
    }
}
