//! Probes and lifecycle handlers: exactly one handler, and numbers in their range.

use crate::model::kubernetes::validation::{Field, Violation, is_placeholder, numbers, strings};
use crate::model::kubernetes::value;
use crate::parse::yaml::scalar::{self, Reading};

/// What a probe may ask with.
const PROBE_HANDLERS: [&str; 4] = ["exec", "httpGet", "tcpSocket", "grpc"];
/// What a hook may do.
const HOOK_HANDLERS: [&str; 4] = ["exec", "httpGet", "tcpSocket", "sleep"];

type Found<'f, 't> = &'f mut dyn FnMut(Field<'t>, Violation);

/// A probe.
pub(super) fn probe<'t>(field: Field<'t>, found: Found<'_, 't>) {
    if !field.tree.is_mapping(field.node) {
        return;
    }
    handlers(field, &PROBE_HANDLERS, found);
    for name in [
        "initialDelaySeconds",
        "timeoutSeconds",
        "periodSeconds",
        "failureThreshold",
        "successThreshold",
    ] {
        let Some(number) = field.child(name) else {
            continue;
        };
        let takes = if name == "successThreshold" && field.name != "readinessProbe" {
            "0-1"
        } else {
            "0-2147483647"
        };
        let violation = numbers::range(number, takes).map(|violation| match takes {
            "0-1" => Violation::new(
                "probe",
                format!("must be 1 in a {}", field.name),
                "`successThreshold: 1`, or leave it out",
            ),
            _ => Violation::new(
                "probe",
                violation.problem,
                format!("{} in `{name}`", violation.expected),
            ),
        });
        if let Some(violation) = violation {
            found(number, violation);
        }
    }
    if field.name == "readinessProbe"
        && let Some(grace) = field.child("terminationGracePeriodSeconds")
    {
        let violation = Violation::new(
            "probe",
            "is not allowed in a readinessProbe",
            "it in the livenessProbe or the startupProbe",
        );
        found(grace, violation);
    }
}

/// A hook of the container's life.
pub(super) fn handler<'t>(field: Field<'t>, found: Found<'_, 't>) {
    if field.tree.is_mapping(field.node) {
        handlers(field, &HOOK_HANDLERS, found);
    }
}

fn handlers<'t>(field: Field<'t>, names: &[&'static str], found: Found<'_, 't>) {
    let tree = field.tree;
    // Keys such as `<<` or `$patch` say that there is more than is written here.
    let is_closed = tree.pairs(field.node).into_iter().all(|(key, node)| {
        tree.text(key)
            .is_some_and(|key| !key.contains(['$', '<', '{']))
            && !value::is_unknown(tree, node)
    });
    let written: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| value::child(tree, field.node, name).is_some())
        .collect();
    match written.as_slice() {
        [] if is_closed && !field.is_patch && !field.fills_ports => {
            let expected = "`exec`, `httpGet`, `tcpSocket` or `grpc`";
            found(field, Violation::new("probe", "has no handler", expected));
        }
        [first, second, ..] if is_closed => {
            let problem = format!("has two handlers, `{first}` and `{second}`");
            let expected = format!("either `{first}` or `{second}`");
            found(field, Violation::new("probe", problem, expected));
        }
        _ => {}
    }
    if let Some(http) = field.child("httpGet") {
        if let Some(scheme) = http.child("scheme")
            && let Some(violation) = strings::word(scheme, "HTTP HTTPS")
        {
            found(scheme, violation);
        }
        port(http, found);
    }
    for name in ["tcpSocket", "grpc"] {
        if let Some(handler) = field.child(name) {
            port(handler, found);
        }
    }
    if let Some(exec) = field.child("exec") {
        command(exec, found);
    }
}

fn command<'t>(exec: Field<'t>, found: Found<'_, 't>) {
    let tree = exec.tree;
    let Some(command) = exec.child("command") else {
        if tree.is_mapping(exec.node) && !exec.is_patch && !value::is_unknown(tree, exec.node) {
            found(
                exec,
                Violation::new("probe", "has no command", "`command: [program, argument]`"),
            );
        }
        return;
    };
    if tree.scalar(command.node).is_some() && !value::is_unknown(tree, command.node) {
        let violation = Violation::new("probe", "is not a list", "`command: [program, argument]`");
        return found(command, violation);
    }
    for item in tree.items(command.node) {
        let item = Field {
            node: *item,
            ..command
        };
        if let Some(violation) = strings::text(item)
            && !value::is_unknown(tree, item.node)
        {
            found(item, violation);
        }
    }
}

fn port<'t>(handler: Field<'t>, found: Found<'_, 't>) {
    let Some(port) = handler.child("port") else {
        let is_known = handler.tree.is_mapping(handler.node)
            && !value::is_unknown(handler.tree, handler.node)
            && !handler.tree.pairs(handler.node).is_empty()
            && handler.tree.get(handler.node, "port").is_none();
        if is_known && !handler.is_patch && !handler.fills_ports {
            found(
                handler,
                Violation::new(
                    "probe",
                    "has no port",
                    "the `port` that the container listens on",
                ),
            );
        }
        return;
    };
    let Some(scalar) = port.tree.scalar(port.node) else {
        return;
    };
    let text = scalar.text.text.as_str();
    let violation = match scalar::kubernetes(scalar) {
        // Knative writes it for the one port of the container.
        Reading::Int(0) if port.fills_ports => return,
        Reading::Int(number) if !(1..=65_535).contains(&number) => {
            Violation::new("probe", "is not a port number", "a number from 1 to 65535")
        }
        Reading::Text
            if text.bytes().all(|byte| byte.is_ascii_digit()) && !is_placeholder(text) =>
        {
            let expected =
                format!("`port: {text}`, without quotes: in quotes it is the name of a port");
            Violation::new(
                "probe",
                "is a string of digits, which no port can be named",
                expected,
            )
        }
        _ => return,
    };
    if !value::is_unknown(port.tree, port.node) {
        found(port, violation);
    }
}
