//! The rules of `policies/`, as `build.rs` compiled them.

use std::borrow::Cow;

use crate::diagnostic::Severity;
use crate::rules::alias::{Condition, Fact};
use crate::rules::setting::{Kind, Setting, Value};
use crate::rules::{Body, Confidence, Lookup, Rule};

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
