//! The engine: runs the entry points of one program over one input.

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use regorus::rvm::RegoVM;
use regorus::rvm::program::{DeserializationResult, Program};
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};

use hullmark_policy::bundle;
use hullmark_policy::compile;

use crate::evaluate::{PolicyError, apart, guarded};

/// How many instructions one rule may take over any batch: far more than our dearest rule takes over a full one.
const INSTRUCTIONS: usize = 2_000_000;
/// How many more for each byte and row of the batch, so that what rules take grows no faster than their input.
const INSTRUCTIONS_OF_SIZE: usize = 8;
/// How many a user's rules may take together over any batch: a pull request may bring many.
const INSTRUCTIONS_OF_USER: usize = 30_000_000;
/// Between how many of these one rule of a user may take.
const RANGE_OF_USER: (usize, usize) = (500_000, 10_000_000);
/// How long one rule may take over one batch. Instructions are what bounds a rule, alike on every machine; this is for a
/// built-in function that takes long by itself, and far above what a busy machine makes of the instructions.
const TIME: Duration = Duration::from_secs(60);
/// How many instructions pass between two looks at the clock.
const TICK: NonZeroU32 = NonZeroU32::new(1_000).expect("a thousand is not zero");

/// How many instructions rules may take over a batch, alike on every machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Each of ours.
    own: usize,
    /// Each of a user's.
    user: usize,
}

impl Budget {
    /// The budget of a batch of that size in bytes and rows, where a user has so many rules.
    pub(super) fn new(size: usize, rules_of_user: usize) -> Self {
        let (least, most) = RANGE_OF_USER;
        let share = INSTRUCTIONS_OF_USER / rules_of_user.max(1);
        Self {
            own: size
                .saturating_mul(INSTRUCTIONS_OF_SIZE)
                .saturating_add(INSTRUCTIONS),
            user: share.clamp(least, most),
        }
    }
}

/// Where a rule begins in its program.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// The number of its entry point, for the register machine.
    pub(super) index: usize,
    /// Its path, for the interpreter.
    pub(super) path: String,
}

/// What runs a program.
pub(super) enum Runner {
    Machine(Box<Machine>),
    Interpreter(Box<Engine>),
}

/// A program of the register machine. It is read when a rule of it is due for the first time: a small file needs few.
pub(super) struct Machine {
    /// Whether a user wrote its rules; ours are tested to end.
    is_of_user: bool,
    code: bundle::Code,
    program: OnceLock<Result<Arc<Program>, String>>,
}

impl Machine {
    fn new(code: bundle::Code) -> Self {
        Self {
            is_of_user: matches!(code, bundle::Code::Plain(_)),
            code,
            program: OnceLock::new(),
        }
    }

    fn program(&self) -> Result<&Arc<Program>, String> {
        let program = self.program.get_or_init(|| deserialize(&self.code));
        program.as_ref().map_err(Clone::clone)
    }
}

impl Runner {
    /// What runs a program: the register machine if it was compiled for it, else the interpreter.
    ///
    /// # Errors
    /// If the interpreter refuses its policies.
    pub(super) fn new(program: &bundle::Program) -> Result<Self, PolicyError> {
        if program.code.is_empty() {
            let engine = compile::engine(&program.modules).map_err(PolicyError::Engine)?;
            return Ok(Self::Interpreter(Box::new(engine)));
        }
        let machine = Machine::new(program.code.clone());
        Ok(Self::Machine(Box::new(machine)))
    }

    /// Runs entry points one after the other, each within the budget; `yielded` takes what each gave, before the next is run, or why it failed.
    pub(super) fn run(
        &self,
        entries: &[&Entry],
        input: &Value,
        budget: Budget,
        yielded: &mut dyn FnMut(Result<Value, String>),
    ) {
        match self {
            Self::Machine(machine) => match machine.program() {
                Ok(program) if machine.is_of_user => {
                    run_machine_apart(program, input, entries, budget.user, yielded);
                }
                Ok(program) => run_machine(program, input, entries, budget.own, yielded),
                Err(error) => entries.iter().for_each(|_| yielded(Err(error.clone()))),
            },
            Self::Interpreter(engine) => interpret(engine, input, entries, yielded),
        }
    }
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Machine(_) => "Machine",
            Self::Interpreter(_) => "Interpreter",
        })
    }
}

/// A program from its bytes; it fails if another version of the engine made them.
fn deserialize(code: &bundle::Code) -> Result<Arc<Program>, String> {
    match Program::deserialize_binary(&code.bytes()?)? {
        DeserializationResult::Complete(program) => Ok(Arc::new(program)),
        DeserializationResult::Partial(_) => Err("a policy program is incomplete".to_owned()),
    }
}

fn run_machine(
    program: &Arc<Program>,
    input: &Value,
    entries: &[&Entry],
    instructions: usize,
    yielded: &mut dyn FnMut(Result<Value, String>),
) {
    let start = |program, input| start(program, input, (instructions, TIME));
    let mut started = start(program, input);
    for entry in entries {
        let run = |vm: &mut RegoVM| execute(vm, entry.index);
        let found = match &mut started {
            Ok(vm) => run(vm),
            Err(error) => Err(error.clone()),
        };
        if found.is_err() {
            // What it was doing when it stopped is not known.
            started = start(program, input);
        }
        yielded(found);
    }
}

/// Runs a rule of a machine.
fn execute(vm: &mut RegoVM, index: usize) -> Result<Value, String> {
    guarded(|| vm.execute_entry_point_by_index(index))?.map_err(|error| reason(&error.to_string()))
}

/// Why the engine gave up, without the time that it took: that is another in each run.
fn reason(error: &str) -> String {
    if error.contains("elapsed=") {
        return apart::too_long();
    }
    error.to_owned()
}

/// The same for rules of a user, each on a thread of its own.
fn run_machine_apart(
    program: &Arc<Program>,
    input: &Value,
    entries: &[&Entry],
    instructions: usize,
    yielded: &mut dyn FnMut(Result<Value, String>),
) {
    for entry in entries {
        let (program, input, index) = (Arc::clone(program), input.clone(), entry.index);
        yielded(apart::run(move || {
            let mut vm = start(&program, &input, (instructions, apart::TIME))?;
            execute(&mut vm, index)
        }));
    }
}

/// A machine that is ready for any rule of a program, with limits of instructions and time.
fn start(
    program: &Arc<Program>,
    input: &Value,
    (instructions, limit): (usize, Duration),
) -> Result<RegoVM, String> {
    let mut vm = RegoVM::new();
    vm.set_max_instructions(instructions);
    vm.set_execution_timer_config(Some(ExecutionTimerConfig {
        limit,
        check_interval: TICK,
    }));
    vm.load_program(Arc::clone(program));
    vm.set_data(Value::new_object())
        .map_err(|error| error.to_string())?;
    vm.set_input(input.clone());
    Ok(vm)
}

fn interpret(
    engine: &Engine,
    input: &Value,
    entries: &[&Entry],
    yielded: &mut dyn FnMut(Result<Value, String>),
) {
    for entry in entries {
        let (mut engine, path) = (engine.clone(), entry.path.clone());
        engine.set_input(input.clone());
        engine.set_execution_timer_config(ExecutionTimerConfig {
            limit: apart::TIME,
            check_interval: TICK,
        });
        yielded(apart::run(move || {
            guarded(|| engine.eval_rule(path))?.map_err(|error| reason(&error.to_string()))
        }));
    }
}
