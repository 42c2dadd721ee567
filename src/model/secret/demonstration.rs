//! Passwords of demonstrations: words that everybody knows, alone or with the name of the user.

/// What makes a password weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// The default of programs.
    Default,
    /// Common words, or a short one.
    Words,
    /// The name of its user or database, or words with it.
    User,
    /// The name of the application, or words with it.
    Application,
}

impl Weakness {
    /// As rules see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Words => "words",
            Self::User => "user",
            Self::Application => "application",
        }
    }
}

/// What makes a password weak, whoever uses it.
pub fn weakness(password: &str) -> Option<Weakness> {
    const SHORT: usize = 6;
    let password = password.trim();
    let lower = password.to_ascii_lowercase();
    if WELL_KNOWN.contains(&lower.as_str()) || is_published(password) {
        return Some(Weakness::Default);
    }
    let is_short = password.len() < SHORT && password.bytes().all(|byte| byte.is_ascii_lowercase());
    // `sst:password`: a login as programs take it in one text.
    let is_login = || {
        let login = password.split_once(':');
        login.is_some_and(|(user, password)| {
            is_user(user) && (WELL_KNOWN.contains(&password) || is_made_of_words(user, password))
        })
    };
    (is_short || is_well_known("", password) || is_login()).then_some(Weakness::Words)
}

/// Whether a text could be the name of a user.
fn is_user(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte))
}

/// Whether a value is a key that a program is published with, so that everybody has it.
pub fn is_published(value: &str) -> bool {
    PUBLISHED.contains(&value)
}

/// Keys in the default configurations of Apache APISIX (CVE-2020-13945), Grafana, Nacos and XXL-JOB, and passwords that the documentation of SQL Server shows.
const PUBLISHED: &[&str] = &[
    "edd1c9f034335f136f87ad84b625c8f1",
    "4054f7cf07e344346cd3f287985e76a2",
    "SW2YcwTIb9zpOOhoPsMm",
    "SecretKey012345678901234567890123456789012345678901234567890123456789",
    "VGhpc0lzTXlDdXN0b21TZWNyZXRLZXkwMTIzNDU2Nzg=",
    "YourStrong!Passw0rd",
    "YourStrong@Passw0rd",
    "yourStrong(!)Password",
    "Your_password123",
];

/// Whether a password is one that everybody tries first, is the user's own name, or is made of nothing but such words: no secret, but the default of
/// a program, or the password of a demonstration.
pub fn is_well_known(user: &str, password: &str) -> bool {
    const LONGEST: usize = 40;
    if user == password || is_published(password) {
        return true;
    }
    let password = password.to_ascii_lowercase();
    if mirrors(&user.to_ascii_lowercase(), &password) {
        return true;
    }
    WELL_KNOWN.contains(&password.as_str())
        || (password.len() <= LONGEST && is_made_of_words(&user.to_ascii_lowercase(), &password))
}

/// Passwords that documentation shows, and that everybody tries first.
#[rustfmt::skip]
const WELL_KNOWN: &[&str] = &[
    "pass", "passwd", "pwd", "123456", "12345678", "123456789", "1234", "password1", "password123", "admin123", "p@ssw0rd", "pa$$w0rd", "pa55word", "pa55w0rd", "passw0rd", "letmein", "qwerty",
    "qwerty123", "minio123", "minioadmin", "console123", "welcome", "welcome1", "migration", "operator", "changeme", "changeit", "change-me", "change_me", "example", "default",
    "foo", "bar", "foobar", "abc123", "iloveyou", "monkey", "dragon", "s3cr3t", "s3cret", "sekret", "toor", "calvin", "vagrant", "raspberry", "guest", "elastic", "sa", "trustno1", "cisco",
    "harbor12345", "prom-operator", "deadbeef", "superuser", "kibanaserver", "nagiosadmin", "bitnami", "bitnami1", "rancher", "artemis", "debezium",
];

/// Words of which the passwords of demonstrations are made.
#[rustfmt::skip]
const DEMO_WORDS: &[&str] = &[
    "password", "passwd", "pass", "pwd", "pw", "secret", "token", "admin", "administrator", "root", "user", "username", "test", "testing", "demo", "my", "super", "very", "db", "database",
    "mysql", "postgres", "postgresql", "pg", "pgsql", "mongo", "mongodb", "redis", "mariadb", "rabbitmq", "rabbit", "minio", "sql", "app", "dev", "local", "default", "sample", "simple",
    "example", "some", "our", "the", "a", "is", "strong", "random", "insecure", "unsafe", "weak", "dummy", "fake", "change", "me", "changeme", "this", "guest", "keycloak", "grafana",
    "airflow", "wordpress", "nextcloud", "django", "rails", "service", "master", "replication", "repl", "server", "client", "foo", "bar", "baz", "hello", "world", "word", "development",
    "staging", "key", "new", "old", "temp", "tmp", "initial", "prod", "production", "elastic", "elasticsearch", "kibana", "clickhouse", "kafka", "zookeeper", "cassandra", "influx", "influxdb",
    "couchdb", "neo4j", "oracle", "mssql", "ldap", "openldap", "jenkins", "gitlab", "gitea", "sonar", "sonarqube", "odoo", "drupal", "joomla", "magento", "moodle", "ghost", "strapi", "metabase",
    "superset", "zabbix", "zipkin", "petclinic", "tomcat", "pgadmin", "harbor", "nginx", "vault", "spring", "node", "backup", "web", "api", "backend", "frontend", "monitor", "prometheus",
    "long", "short", "workshop", "training", "lab", "keystore", "truststore", "store", "broker", "openshift", "kubernetes", "k8s", "docker", "connector", "mock", "account", "login", "john", "johndoe", "jane", "janedoe", "uuid", "shh", "shhh", "hush",
];

/// Whether a password is made of the words of demonstrations and of the user's name alone, perhaps with a few digits behind it, and one of them
/// is a word for a password or the user's name: `mysecretpassword`, `root_pw`, `mmuser_password`, `testpass1`.
fn is_made_of_words(user: &str, password: &str) -> bool {
    let plain: String = password
        .trim_end_matches(|sign: char| sign.is_ascii_digit() || "!.?@#*".contains(sign))
        .chars()
        .filter(|sign| !"-_. ".contains(*sign))
        .map(|sign| match sign {
            '0' => 'o',
            '@' => 'a',
            '$' => 's',
            sign => sign,
        })
        .collect();
    let tail = password.len()
        - password
            .trim_end_matches(|sign: char| sign.is_ascii_digit())
            .len();
    if !plain.is_ascii() || plain.is_empty() || tail > 4 {
        return false;
    }
    // `chpassword`, `gsecret`: a word for it behind the initials of something.
    if ["password", "passwd", "secret"].iter().any(|word| {
        let start = plain.strip_suffix(word);
        start.is_some_and(|start| {
            start.len() < 4 && start.bytes().all(|byte| byte.is_ascii_lowercase())
        })
    }) {
        return true;
    }
    let split = user;
    let user: String = user
        .chars()
        .filter(|sign| !"-_. ".contains(*sign))
        .collect();
    // `shop` of `shop_user`: what the account is for is its name as well.
    let words = split.split(['-', '_', '.', ' ']);
    let words = words.filter(|word| word.len() > 3 && *word != user);
    let purposes: Vec<&str> = words.chain(stem(&user)).collect();
    // For each byte: whether words end there, and whether one of them tells.
    let mut ends: Vec<Option<bool>> = vec![None; plain.len() + 1];
    ends[0] = Some(false);
    for start in 0..plain.len() {
        let Some(tells) = ends[start] else { continue };
        let own = Some(user.as_str()).filter(|user| user.len() > 2);
        let purposes = purposes.iter().copied();
        for word in DEMO_WORDS.iter().copied().chain(own).chain(purposes) {
            if plain[start..].starts_with(word) {
                let is_known = DEMO_WORDS.contains(&word);
                let telling = tells || own == Some(word) || is_known && is_telling(word);
                let end = &mut ends[start + word.len()];
                *end = Some(end.unwrap_or(false) || telling);
            }
        }
    }
    ends[plain.len()] == Some(true)
}

/// What a user's name ends with that says no more than what it is.
const ACCOUNT_WORDS: &[&str] = &[
    "user", "username", "usr", "admin", "owner", "login", "account", "acct",
];

/// What an account is for, without the word for an account behind it: `shopdb` of `shopdbuser`.
fn stem(user: &str) -> Option<&str> {
    let user = user.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let mut stems = ACCOUNT_WORDS.iter();
    stems
        .find_map(|word| user.strip_suffix(word))
        .filter(|stem| stem.len() > 2)
}

/// Whether a password is the user's name with a word for a password where the name has one for an account: `shopuser1` and `shoppass1`.
fn mirrors(user: &str, password: &str) -> bool {
    ACCOUNT_WORDS.iter().any(|word| {
        let Some((start, end)) = user.split_once(word) else {
            return false;
        };
        let inner = password.strip_prefix(start);
        let inner = inner.and_then(|rest| rest.strip_suffix(end));
        inner.is_some_and(|inner| {
            matches!(
                inner,
                "pass" | "passwd" | "password" | "pwd" | "pw" | "pswd" | "secret"
            )
        })
    })
}

/// Whether a word means a password, or is the name of an account or a server that is its own password in many a demonstration.
fn is_telling(word: &str) -> bool {
    !matches!(
        word,
        "a" | "is"
            | "the"
            | "me"
            | "my"
            | "our"
            | "this"
            | "some"
            | "very"
            | "key"
            | "app"
            | "word"
            | "world"
            | "hello"
            | "server"
            | "client"
            | "service"
            | "new"
            | "old"
            | "temp"
            | "tmp"
            | "initial"
            | "prod"
            | "production"
            | "node"
            | "backup"
            | "web"
            | "api"
            | "backend"
            | "frontend"
            | "monitor"
            | "long"
            | "short"
            | "workshop"
            | "training"
            | "lab"
            | "store"
            | "keystore"
            | "truststore"
            | "broker"
            | "account"
            | "login"
            | "connector"
            | "john"
            | "johndoe"
            | "jane"
            | "janedoe"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_of_demonstrations_are_known() {
        for (user, password) in [
            ("dante", "dante"),
            ("", "mypass"),
            ("", "mysqlpw"),
            ("", "rootpassword"),
            ("", "mysecretpassword"),
            ("mmuser", "mmuser_password"),
            ("ledger-admin", "ledger-pwd"),
            ("orbit_user", "orbit_password"),
            ("kelp", "kelp123"),
            ("harbourdbuser", "harbourdbpass"),
            ("harbour_usr", "harbour_pwd"),
            ("harbouruser2", "harbourpass2"),
            ("harbouradmin", "harbour-secret"),
            ("", "Passw0rd!"),
            ("", "test-password-1"),
            ("", "chpassword"),
            ("", "foobar_new"),
            ("", "alongpassword"),
            ("", "WorkshopPassword"),
            ("", "Harbor12345"),
            ("easy-harbour", "easy-harbour-johndoe"),
            ("", "YourStrong!Passw0rd"),
        ] {
            assert!(is_well_known(user, password), "{password}");
        }
        for (user, password) in [
            ("mmuser", "kelp-harbour-71"),
            ("harbouruser", "kelppass"),
            ("harbouruser", "harbour-Zr8kVt"),
            ("", "Wq7-rTn2Kd"),
            ("", "passerine"),
            ("", "rootless"),
            ("", "secret83746592"),
            ("", "myhome"),
        ] {
            assert!(!is_well_known(user, password), "{password}");
        }
        for (password, weakness) in [
            ("minioadmin", Some(Weakness::Default)),
            ("edd1c9f034335f136f87ad84b625c8f1", Some(Weakness::Default)),
            ("mysecretpassword", Some(Weakness::Words)),
            ("fnord", Some(Weakness::Words)),
            ("sync:password", Some(Weakness::Words)),
            ("sync:Wq7-rTn2Kd", None),
            ("Wq7-rTn2Kd", None),
        ] {
            assert_eq!(super::weakness(password), weakness, "{password}");
        }
    }
}
