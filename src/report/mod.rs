//! Findings become terminal text, JSON, SARIF or GitHub annotations.
