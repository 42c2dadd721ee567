//! Policies become a program for the engine's register machine. Used by `build.rs` for ours and at run time for a user's.

use std::sync::Arc;

use regorus::Engine;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::program::Program;

/// A policy or library: its path, for messages, and its text.
pub type Module = (String, String);

/// Compiles modules into one program whose entry points are the `deny` of the given packages, in that order.
///
/// # Errors
/// The engine's own message, which names the file and line.
pub fn compile(modules: &[Module], packages: &[String]) -> Result<Arc<Program>, String> {
    let mut engine = engine(modules)?;
    let points: Vec<String> = packages
        .iter()
        .map(|package| format!("data.{package}.deny"))
        .collect();
    let Some(first) = points.first() else {
        return Err("no rules to compile".to_owned());
    };
    let policy = engine
        .compile_with_entrypoint(&first.as_str().into())
        .map_err(|error| error.to_string())?;
    let points: Vec<&str> = points.iter().map(String::as_str).collect();
    Compiler::compile_from_policy(&policy, &points).map_err(|error| error.to_string())
}

/// An engine that has read the modules.
///
/// # Errors
/// The engine's own message, which names the file and line.
pub fn engine(modules: &[Module]) -> Result<Engine, String> {
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(false);
    // What a policy prints would go to standard error as it is.
    engine.set_gather_prints(true);
    for (path, text) in modules {
        engine
            .add_policy(path.clone(), text.clone())
            .map_err(|error| error.to_string())?;
    }
    Ok(engine)
}
