//! Rows become findings: the engine, the places, and what the user set aside.
