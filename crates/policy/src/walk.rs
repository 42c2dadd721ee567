//! Walks over the tree of a definition.

use regorus::unstable::{Expr, Literal, LiteralStmt, Query};

use crate::syntax::{self, Chain, Definition, Step};

/// Shows `look` every whole expression of a definition: of a reference the longest only, and what is in its brackets.
pub(crate) fn each_expr<'a>(definition: &Definition<'a>, look: &mut dyn FnMut(&'a Expr)) {
    let mut open = definition.values();
    open.extend(definition.args.iter().map(|arg| &**arg));
    each_statement(definition, &mut |statement| {
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                open.extend(key.iter().chain([value, collection]).map(|expr| &**expr));
            }
            Literal::Every { domain, .. } => open.push(domain),
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => open.push(expr),
        }
        for modifier in &statement.with_mods {
            open.extend([&*modifier.refr, &*modifier.r#as]);
        }
    });
    while let Some(expr) = open.pop() {
        look(expr);
        if matches!(expr, Expr::RefDot { .. } | Expr::RefBrack { .. }) {
            let chain = Chain::of(expr);
            open.extend(chain.steps.iter().filter_map(Step::expr));
            if chain.root_name().is_none() {
                open.push(chain.root);
            }
        } else {
            open.extend(syntax::children(expr));
        }
    }
}

/// Shows `look` every statement of a definition, those of comprehensions and `every` too.
pub(crate) fn each_statement<'a>(
    definition: &Definition<'a>,
    look: &mut dyn FnMut(&'a LiteralStmt),
) {
    let mut queries: Vec<&Query> = definition.queries().collect();
    let mut exprs = definition.values();
    loop {
        while let Some(expr) = exprs.pop() {
            queries.extend(syntax::query(expr));
            exprs.extend(syntax::children(expr));
        }
        let Some(query) = queries.pop() else {
            return;
        };
        for statement in &query.stmts {
            look(statement);
            match &statement.literal {
                Literal::SomeVars { .. } => {}
                Literal::SomeIn { collection, .. } => exprs.push(collection),
                Literal::Every { domain, query, .. } => {
                    exprs.push(domain);
                    queries.push(query);
                }
                Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => exprs.push(expr),
            }
            exprs.extend(statement.with_mods.iter().map(|modifier| &*modifier.r#as));
        }
    }
}
