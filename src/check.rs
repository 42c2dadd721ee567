//! One run, told in one function: gather, parse, build, evaluate, sort.
