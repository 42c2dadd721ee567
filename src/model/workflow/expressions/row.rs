//! The row of an expression.

use hullmark_tables::{Expressions, expressions};
use memchr::memchr2_iter;

use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::workflow::expressions::sinks::kind_of_place;
use crate::model::workflow::expressions::{Holder, Walk};
use crate::model::workflow::secret_names::is_public_name;
use crate::model::workflow::variable_names;
use crate::parse::expression::{Context, Expression, Shape, SyntaxError};
use crate::parse::yaml::tree::NodeId;

impl<'t> Walk<'t, '_> {
    pub(super) fn row(
        &mut self,
        expression: &Expression,
        path: String,
        holder: Holder<'t>,
        key: &str,
    ) -> RowBuilder<Expressions> {
        let mut place = TextPlace::new(expression.span, path);
        for (number, context) in expression.contexts.iter().enumerate() {
            place = place.item("contexts", number, context.span);
        }
        if let Some(error) = &expression.error {
            place = place.field("error", error.span);
        }
        let at = self.tables.text(place);
        let (untrusted, indirect, open) = self.read(expression, holder);
        let held = self.held(expression, holder);
        let computed = self.computed(&open, holder);
        let variables = variables(expression, held);
        for context in untrusted.iter().chain(&indirect) {
            self.call(at, key, holder, context);
        }
        let handed = untrusted.iter().find_map(|path| self.handed(path));
        let place_kind = kind_of_place(key, holder.step.is_some(), holder.uses);
        let place = at_of(holder.step);
        let is_of_job = key == "if" && holder.job.is_some() && holder.step.is_none();
        let error = expression.error.as_ref();
        let error = error.filter(|error| !(is_of_job && names_jobs(error)));
        let row = RowBuilder::at(at)
            .set(expressions::document, self.file.at)
            .set(expressions::workflow, self.file.at)
            .maybe(expressions::job, at_of(holder.job))
            .maybe(expressions::step, place)
            .text(expressions::text, &expression.text)
            .texts(
                expressions::contexts,
                expression.contexts.iter().map(|context| &context.path),
            )
            .map(
                expressions::spelling,
                expression.contexts.iter().filter_map(|context| {
                    let written = as_written(&expression.text, &context.path);
                    (written != context.path).then(|| (context.path.clone(), written))
                }),
            )
            .texts(
                expressions::functions,
                expression.functions.iter().map(|function| &function.name),
            )
            .texts(
                expressions::literals,
                expression.literals.iter().map(|literal| &literal.text),
            )
            .texts(
                expressions::demanded,
                expression
                    .literals
                    .iter()
                    .filter(|literal| !literal.is_refused)
                    .map(|literal| &literal.text),
            )
            .text(expressions::shape, shape(expression.shape))
            .text(expressions::place, place_kind)
            .text(expressions::key, key)
            .set(expressions::is_valid, error.is_none())
            .set(expressions::is_reducible, expression.is_reducible)
            .set(
                expressions::has_computed_index,
                expression.has_computed_index,
            )
            .maybe_text(
                expressions::error,
                error.map(|error| error.message.as_str()),
            )
            .maybe_text(expressions::error_kind, error.map(|error| error.kind))
            .texts(expressions::events, self.events(holder, handed))
            .texts(
                expressions::payload_events,
                self.payload_events(expression, &untrusted, holder, handed),
            )
            .set(expressions::is_in_env, held.is_some())
            .maybe_text(
                expressions::filled_with,
                handed.map(|call| call.context.as_str()),
            )
            .maybe_text(
                expressions::filled_by,
                handed.map(|call| in_repository(&call.by)),
            )
            .texts(expressions::untrusted, untrusted)
            .texts(expressions::indirect, indirect)
            .texts(expressions::open, open)
            .texts(expressions::computed, computed)
            .map(
                expressions::variables,
                variables
                    .iter()
                    .map(|(path, name)| ((*path).clone(), name.as_str())),
            );
        self.set_secrets(row, expression, place_kind == "run")
    }

    /// Sets which secrets an expression reads, and which of them no script of the file read before.
    fn set_secrets(
        &mut self,
        row: RowBuilder<Expressions>,
        expression: &Expression,
        is_of_script: bool,
    ) -> RowBuilder<Expressions> {
        let secret = |context: &Context| {
            let name = context.path.strip_prefix("secrets.")?;
            (name != "*").then(|| as_written(&expression.text, name).to_owned())
        };
        let secrets = expression.contexts.iter().filter_map(secret);
        // What is compared, negated or asked for gives true or false, and nothing of the secret.
        let sensitive: Vec<String> = expression
            .contexts
            .iter()
            .filter(|context| context.flows)
            .filter_map(secret)
            .filter(|name| !is_public_name(name))
            .collect();
        let new_secrets: Vec<String> = sensitive
            .iter()
            .filter(|name| is_of_script && self.secrets.insert(name.to_ascii_uppercase()))
            .cloned()
            .collect();
        let reads_all_secrets = expression
            .contexts
            .iter()
            .any(|context| matches!(context.path.as_str(), "secrets" | "secrets.*"));
        row.texts(expressions::new_secrets, new_secrets)
            .texts(expressions::sensitive, sensitive)
            .texts(expressions::secrets, secrets)
            .set(expressions::reads_all_secrets, reads_all_secrets)
    }
}

/// Whether what is wrong is that jobs are named in `success('a')` or `failure('a')`: GitHub lets the `if` of a job ask for some of those it needs.
fn names_jobs(error: &SyntaxError) -> bool {
    let message = error.message.to_ascii_lowercase();
    error.kind == "argument-count"
        && ["`success`", "`failure`"]
            .iter()
            .any(|call| message.starts_with(call))
}

/// The path of a workflow or action from its repository, as far as the path shows that.
fn in_repository(path: &str) -> &str {
    path.find(".github/").map_or(path, |at| &path[at..])
}

fn at_of(holder: Option<(NodeId, RowRef)>) -> Option<RowRef> {
    holder.map(|(_, at)| at)
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Context => "context",
        Shape::Call => "call",
        Shape::Literal => "literal",
        Shape::Boolean => "boolean",
        Shape::Logical => "logical",
        Shape::Unknown => "unknown",
    }
}

/// The variable that may take the value of each context, by its path: the one that holds the expression, if one does.
fn variables<'e>(expression: &'e Expression, held: Option<&str>) -> Vec<(&'e String, String)> {
    let named = expression.contexts.iter().map(|context| {
        if let Some(held) = held {
            return (&context.path, held.to_owned());
        }
        let written = as_written(&expression.text, &context.path);
        (&context.path, variable_names::name_of(written))
    });
    named.collect()
}

/// A name that was lowered, as it stands in the text.
fn as_written<'e>(text: &'e str, name: &'e str) -> &'e str {
    let (name_bytes, bytes) = (name.as_bytes(), text.as_bytes());
    let Some(first) = name_bytes.first() else {
        return name;
    };
    let upper = first.to_ascii_uppercase();
    let mut starts = memchr2_iter(*first, upper, bytes);
    let start = starts.find(|start| {
        let there = bytes.get(*start..*start + name.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(name_bytes))
    });
    start
        .and_then(|start| text.get(start..start + name.len()))
        .unwrap_or(name)
}
