//! Styles as the processor needs them: what it reads otherwise than the specification says is written out.

use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement as Element, Name, Names, NamesChild};

/// Names that are given only a label are still names (CSL 1.0.2, “Names”): the processor leaves them out.
pub(super) fn fit(rules: &mut IndependentStyle) {
    let lists = [Some(&mut rules.citation.layout), rules.bibliography.as_mut().map(|list| &mut list.layout)];
    lists.into_iter().flatten().for_each(|layout| elements(&mut layout.elements));
    rules.macros.iter_mut().for_each(|part| elements(&mut part.children));
}

/// The nesting was bounded before the style was read.
fn elements(list: &mut [Element]) {
    for element in list {
        match element {
            Element::Names(given) => names(given),
            Element::Group(group) => elements(&mut group.children),
            Element::Choose(choose) => {
                elements(&mut choose.if_.children);
                choose.else_if.iter_mut().for_each(|branch| elements(&mut branch.children));
                choose.otherwise.iter_mut().for_each(|branch| elements(&mut branch.children));
            }
            Element::Text(_) | Element::Date(_) | Element::Number(_) | Element::Label(_) => {}
        }
    }
}

fn names(names: &mut Names) {
    if !names.children.is_empty() && names.name().is_none() {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            elements(&mut substitute.children);
        }
    }
}
