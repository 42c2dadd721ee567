//! Values written as Rust, so that the rules that are compiled in are data of the program.

use std::borrow::Cow;

/// A value that can be written as a constant expression of its own type.
pub trait Literal {
    /// Appends the expression.
    fn write(&self, code: &mut String);
}

impl Literal for Cow<'static, str> {
    fn write(&self, code: &mut String) {
        code.push_str(&format!("Cow::Borrowed({:?})", self.as_ref()));
    }
}

impl<T: Literal + Clone> Literal for Cow<'static, [T]> {
    fn write(&self, code: &mut String) {
        code.push_str("Cow::Borrowed(&[");
        for item in self.as_ref() {
            item.write(code);
            code.push_str(", ");
        }
        code.push_str("])");
    }
}

impl<A: Literal, B: Literal> Literal for (A, B) {
    fn write(&self, code: &mut String) {
        code.push('(');
        self.0.write(code);
        code.push_str(", ");
        self.1.write(code);
        code.push(')');
    }
}

/// For types whose `Debug` is how they are written.
macro_rules! as_debugged {
    ($($type:ty, $prefix:literal;)*) => {$(
        impl $crate::literal::Literal for $type {
            fn write(&self, code: &mut String) {
                code.push_str(&format!(concat!($prefix, "{:?}"), self));
            }
        }
    )*};
}
pub(crate) use as_debugged;

as_debugged! {
    bool, "";
    i64, "";
    usize, "";
}

/// Declares a struct that is a [`Literal`].
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$about:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        pub struct $name { $($(#[$about])* pub $field: $type,)* }

        impl $crate::literal::Literal for $name {
            fn write(&self, code: &mut String) {
                code.push_str(concat!(stringify!($name), " { "));
                $(
                    code.push_str(concat!(stringify!($field), ": "));
                    $crate::literal::Literal::write(&self.$field, code);
                    code.push_str(", ");
                )*
                code.push('}');
            }
        }
    };
}
pub(crate) use record;
