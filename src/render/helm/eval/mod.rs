//! The evaluator: runs templates and collects what they print.

pub mod command;
pub mod field;
pub mod walk;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::render::helm::fault::{Fallible, Fault, fault};
use crate::render::helm::functions::{self, Runtime};
use crate::render::helm::limits;
use crate::render::helm::state::State;
use crate::render::helm::template::parser::{self, Input};
use crate::render::helm::template::tree::{Template, is_blank};
use crate::render::helm::value::Val;
use crate::render::text::{Builder, Text};

/// Templates by name.
pub type Templates = FxHashMap<Rc<str>, Rc<Template>>;

/// The state of a rendering.
#[derive(Default)]
pub struct Engine {
    /// All templates of the chart and its subcharts.
    pub templates: Templates,
    /// What functions see too.
    pub state: State,
    depth: u32,
    calls: u32,
}

/// The variables of a template that runs.
pub struct Scope {
    pub(super) variables: Vec<(Rc<str>, Val)>,
}

impl Engine {
    /// An engine without templates. `is_lenient` passes over `required` and `fail`.
    pub fn new(is_lenient: bool) -> Self {
        let mut engine = Self::default();
        engine.state.is_lenient = is_lenient;
        engine
    }

    /// Parses a file of templates.
    pub fn parse(name: &str, text: &Text, file: u32) -> Fallible<Vec<Rc<Template>>> {
        let parsed = parser::parse(&Input {
            name,
            text,
            file,
            is_function: &functions::exists,
        })?;
        Ok(parsed.into_iter().map(Rc::new).collect())
    }

    /// Adds the templates of a file; of two templates of one name the later one stays, unless it is blank.
    pub fn add_all(&mut self, parsed: &[Rc<Template>]) {
        for template in parsed {
            self.add(Rc::clone(template));
        }
    }

    /// Adds a template, unless it is blank and there is one of its name; gives the one of that name before.
    fn add(&mut self, template: Rc<Template>) -> Option<Rc<Template>> {
        let before = self.templates.get(&template.name).cloned();
        if before.is_none() || !is_blank(&template.body) {
            self.templates.insert(template.name.clone(), template);
        }
        before
    }

    /// Runs a template of a file of the chart.
    pub fn run(&mut self, name: &str, dot: &Val) -> Fallible<Text> {
        let Some(template) = self.templates.get(name).cloned() else {
            return fault(format!("no template {name:?}"));
        };
        let mut out = Builder::default();
        self.execute(&template, dot, &mut out)?;
        let text = out.finish();
        self.state.budget.text(text.len())?;
        Ok(text)
    }

    /// Runs a template by name for `include` and `template`.
    pub(super) fn call_template(
        &mut self,
        name: &str,
        dot: &Val,
        out: &mut Builder,
    ) -> Fallible<()> {
        let Some(template) = self.templates.get(name).cloned() else {
            let mut fault = Fault::new(format!(
                "no template {name:?} associated with template \"gotpl\""
            ));
            fault.undefined = Some(name.into());
            return Err(fault);
        };
        self.within_call(|engine| engine.execute(&template, dot, out))
    }

    /// Runs in a frame of its own, no deeper than allowed.
    fn within_call<T>(&mut self, run: impl FnOnce(&mut Self) -> Fallible<T>) -> Fallible<T> {
        if self.calls >= limits::CALL_DEPTH {
            let limit = limits::CALL_DEPTH;
            return fault(format!(
                "templates call each other more than {limit} levels deep"
            ));
        }
        let (via, site) = (self.state.via, self.state.site);
        self.state.via = self.state.origins.frame_of(site, via);
        self.calls += 1;
        let result = run(self);
        self.calls -= 1;
        self.state.via = via;
        self.state.site = site;
        result
    }

    fn execute(&mut self, template: &Template, dot: &Val, out: &mut Builder) -> Fallible<()> {
        let mut scope = Scope {
            variables: vec![(Rc::from("$"), dot.clone())],
        };
        self.block(&mut scope, dot, &template.body, out)?;
        Ok(())
    }

    /// Goes one level of evaluation deeper.
    pub(super) fn deeper<T>(&mut self, run: impl FnOnce(&mut Self) -> Fallible<T>) -> Fallible<T> {
        if self.depth >= limits::EVAL_DEPTH {
            let limit = limits::EVAL_DEPTH;
            return fault(format!(
                "evaluation is nested more than {limit} levels deep"
            ));
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }
}

impl Runtime for Engine {
    fn state(&self) -> &State {
        &self.state
    }

    fn state_mut(&mut self) -> &mut State {
        &mut self.state
    }

    fn include(&mut self, name: &str, dot: &Val) -> Fallible<Text> {
        let mut out = Builder::default();
        self.call_template(name, dot, &mut out)?;
        Ok(out.finish())
    }

    fn tpl(&mut self, text: &Text, dot: &Val) -> Fallible<Text> {
        if !text.bytes().contains(&b'{') {
            return Ok(crate::render::helm::value::print::without_no_value(text));
        }
        self.state.budget.text(text.len())?;
        let file = self.state.origins.add_file("tpl", text.clone(), true);
        let parsed = parser::parse(&Input {
            name: "gotpl",
            text,
            file,
            is_function: &functions::exists,
        })?;
        let mut parsed = parsed.into_iter();
        let Some(main) = parsed.next() else {
            return Ok(Text::default());
        };
        let mut replaced = Vec::new();
        for template in parsed {
            let name = template.name.clone();
            replaced.push((name, self.add(Rc::new(template))));
        }
        let mut out = Builder::default();
        let result = self.within_call(|engine| engine.execute(&main, dot, &mut out));
        for (name, before) in replaced.into_iter().rev() {
            match before {
                Some(before) => _ = self.templates.insert(name, before),
                None => _ = self.templates.remove(&name),
            }
        }
        result?;
        let text = crate::render::helm::value::print::without_no_value(&out.finish());
        Ok(if dot.unknown { text.as_unknown() } else { text })
    }
}
