//! Counts the elements of a document as drawing meets them: what is referred to counts each time. Ten lines of references to
//! references are a thousand million elements.

use crate::no_preview::NoPreview;
use resvg::usvg::roxmltree::{Document, Node, NodeId};
use simplecss::{AttributeOperator, Element, PseudoClass, StyleSheet};
use std::collections::HashMap;

/// Elements; sixty-four bytes of attributes count as one.
const MOST: u64 = 100_000;
/// Elements inside elements. Those who read them recurse, on a stack of 2 MiB.
const DEEPEST: u32 = 100;
/// Rules of style sheets are held against every element.
const MATCHES: usize = 20_000_000;
/// Points of paths in sixty-four bytes, each of which may carry a marker.
const POINTS: u64 = 16;
/// Elements that markers may come to.
const MARKED: u64 = 2_000_000;

/// How many there are, if they can be drawn.
pub(super) fn of(document: &Document<'_>) -> Result<u64, NoPreview> {
    let sheet = sheet(document);
    if sheet.rules.len().saturating_mul(document.descendants().len()) > MATCHES {
        return Err(NoPreview::TooMuch);
    }
    let ids = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut count = Count { ids, sheet, known: HashMap::new() };
    let whole = count.of(document.root_element(), 0)?;
    let markers = document.descendants().filter(|node| node.tag_name().name() == "marker");
    let marked = markers.map(|marker| Ok(count.of(marker, 0)?.parts)).sum::<Result<u64, NoPreview>>()?;
    if marked.saturating_mul(whole.parts).saturating_mul(POINTS) > MARKED {
        return Err(NoPreview::TooMuch);
    }
    Ok(whole.parts)
}

/// All style sheets of the document as one.
fn sheet<'a>(document: &'a Document<'_>) -> StyleSheet<'a> {
    let mut sheet = StyleSheet::new();
    for style in document.descendants().filter(|node| node.tag_name().name() == "style") {
        style.children().filter_map(|text| text.text()).for_each(|text| sheet.parse_more(text));
    }
    sheet
}

#[derive(Clone, Copy)]
struct Weight {
    parts: u64,
    height: u32,
}

struct Count<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    sheet: StyleSheet<'a>,
    /// None while it is counted: meeting it again means that it contains itself.
    known: HashMap<NodeId, Option<Weight>>,
}

impl<'a, 'input> Count<'a, 'input> {
    fn of(&mut self, node: Node<'a, 'input>, depth: u32) -> Result<Weight, NoPreview> {
        match self.known.get(&node.id()) {
            Some(Some(known)) => return Ok(*known),
            Some(None) => return Err(NoPreview::TooMuch),
            None => {}
        }
        if depth > DEEPEST {
            return Err(NoPreview::TooMuch);
        }
        self.known.insert(node.id(), None);
        let own: usize = node.attributes().map(|attribute| attribute.value().len()).sum();
        let mut whole = Weight { parts: 1 + own as u64 / 64, height: 0 };
        let inside = node.children().filter(Node::is_element);
        for part in inside.chain(self.referred(node)).collect::<Vec<_>>() {
            let part = self.of(part, depth + 1)?;
            whole.parts += part.parts;
            whole.height = whole.height.max(part.height + 1);
            if whole.parts > MOST || whole.height > DEEPEST {
                return Err(NoPreview::TooMuch);
            }
        }
        self.known.insert(node.id(), Some(whole));
        Ok(whole)
    }

    /// What an element refers to, by its attributes and by the style sheets.
    fn referred(&self, node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
        // Links and animations name elements without drawing them.
        if matches!(node.tag_name().name(), "a" | "animate" | "animateMotion" | "animateTransform" | "mpath" | "set") {
            return Vec::new();
        }
        let mut names = Vec::new();
        for attribute in node.attributes() {
            match attribute.name() {
                "href" => names.extend(attribute.value().trim().strip_prefix('#')),
                _ => names.extend(addresses(attribute.value())),
            }
        }
        let rules = self.sheet.rules.iter().filter(|rule| rule.selector.matches(&Styled(node)));
        names.extend(rules.flat_map(|rule| rule.declarations.iter().flat_map(|declared| addresses(declared.value))));
        names.into_iter().filter_map(|name| self.ids.get(name).copied()).collect()
    }
}

/// The names in `url(#name)`.
fn addresses(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let address = rest.split(')').next()?.trim_matches([' ', '\t', '\r', '\n', '"', '\'']);
        address.strip_prefix('#')
    })
}

/// An element as selectors see it.
struct Styled<'a, 'input>(Node<'a, 'input>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Self)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        class == PseudoClass::FirstChild && self.prev_sibling_element().is_none()
    }
}
