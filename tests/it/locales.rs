//! The words of `locales/`: the same keys with the same arguments in all languages, and each key used.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::source;

/// Beginnings of keys that the program composes, with the place that does it. All other keys stand in `src/` as they are.
const COMPOSED: &[(&str, &str)] = &[
    ("help-", "src/wording/commands.rs"),
    ("example-", "src/wording/commands.rs"),
    ("part-", "src/wording/commands.rs"),
    ("why-", "src/wording/commands.rs"),
];

/// Key (`key` or `key.attribute`) → the arguments that its sentence takes.
type Keys = BTreeMap<String, BTreeSet<String>>;

#[test]
fn all_languages_have_the_same_keys_with_the_same_arguments() {
    let languages = languages();
    assert!(languages.len() >= 2, "locales: {:?}", languages.keys());
    let (first, wanted) = languages.first_key_value().unwrap();
    let mut broken = Vec::new();
    for (language, keys) in &languages {
        for key in wanted.keys().chain(keys.keys()).collect::<BTreeSet<_>>() {
            match (wanted.get(key), keys.get(key)) {
                (Some(_), None) => broken.push(format!("{key}: in {first}, not in {language}")),
                (None, Some(_)) => broken.push(format!("{key}: in {language}, not in {first}")),
                (a, b) if a != b => {
                    broken.push(format!("{key}: takes {a:?} in {first}, {b:?} in {language}"))
                }
                _ => {}
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_key_is_used() {
    let sources = source::files("src");
    let used = |key: &str| {
        sources.iter().any(|file| ['"', '\''].iter().any(|q| file.text.contains(&format!("{q}{key}{q}"))))
            || COMPOSED.iter().any(|(prefix, _)| key.starts_with(prefix))
    };
    let languages = languages();
    let unused: Vec<_> =
        languages["vi"].keys().filter(|key| !used(key.split('.').next().unwrap_or(key))).collect();
    assert!(unused.is_empty(), "no line of src/ says these: {unused:?}");
}

#[test]
fn composed_keys_are_really_composed() {
    for (prefix, place) in COMPOSED {
        let file = source::files("src").into_iter().find(|file| file.path == *place);
        assert!(file.is_some_and(|file| file.text.contains(prefix)), "{place} does not compose {prefix}…");
    }
}

fn languages() -> BTreeMap<String, Keys> {
    let mut languages: BTreeMap<String, Keys> = BTreeMap::new();
    for file in source::files("locales") {
        let language = file.path.split('/').nth(1).unwrap().to_owned();
        let keys = languages.entry(language).or_default();
        let resource = fluent_syntax::parser::parse(file.text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.path));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let name = message.id.name;
            let patterns = message.value.iter().map(|value| (name.to_owned(), value));
            let attributes = message.attributes.iter().map(|a| (format!("{name}.{}", a.id.name), &a.value));
            for (key, pattern) in patterns.chain(attributes) {
                let mut arguments = BTreeSet::new();
                of_pattern(pattern, &mut arguments);
                assert!(
                    keys.insert(key.clone(), arguments).is_none(),
                    "{}: {key} stands there twice",
                    file.path
                );
            }
        }
    }
    languages
}

fn of_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, arguments);
        }
    }
}

fn of_expression(expression: &Expression<&str>, arguments: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, arguments),
        Expression::Select { selector, variants } => {
            of_inline(selector, arguments);
            variants.iter().for_each(|variant| of_pattern(&variant.value, arguments));
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, arguments),
        InlineExpression::FunctionReference { arguments: call, .. } => {
            call.positional.iter().for_each(|inline| of_inline(inline, arguments));
        }
        _ => {}
    }
}
