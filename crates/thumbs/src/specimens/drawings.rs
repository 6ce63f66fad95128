//! SVG drawings, honest and hostile.

use std::fmt::Write;

/// A drawing of 100 × 100 with this inside.
pub fn drawing(inside: &str) -> Vec<u8> {
    let names = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
    format!("<svg {names} viewBox='0 0 100 100'>{inside}</svg>").into_bytes()
}

/// Drawings that ask for more memory, time or depth than there is, by what they do.
pub fn hostile_drawings() -> Vec<(&'static str, Vec<u8>)> {
    let square = "<rect width='100' height='100'/>";
    vec![
        ("elements inside elements", drawing(&format!("{}{square}{}", "<g>".repeat(20_000), "</g>".repeat(20_000)))),
        ("references to references", doubling("<g id='a0'><path d='M0 0h9v9z'/></g>", "<use xlink:href='#a{}'/>")),
        (
            "masks in masks",
            doubling(&format!("<mask id='a0'>{square}</mask>"), "<rect width='9' height='9' mask='url(#a{})'/>"),
        ),
        ("masks in masks by style", styled_masks()),
        ("patterns in patterns", doubling("<g id='a0'/>", "<rect width='9' height='9' fill='url(#a{})'/>")),
        ("itself", drawing("<g id='a'><use xlink:href='#a'/><use xlink:href='#a'/></g>")),
        ("entities of entities", entities_of_entities()),
        ("an entity many times", entity_many_times()),
        (
            "a huge pattern",
            drawing(
                "<pattern id='p' width='9e5' height='9e5' patternUnits='userSpaceOnUse' patternTransform='scale(50)'>\
             <rect width='9e5' height='9e5'/></pattern><rect width='100' height='100' fill='url(#p)'/>",
            ),
        ),
        (
            "filters after filters",
            drawing(&format!(
                "<filter id='f' x='-9' y='-9' width='99999' height='99999'>{}</filter><g filter='url(#f)'>{square}</g>",
                "<feTurbulence baseFrequency='.9' numOctaves='9999'/><feMorphology operator='dilate' radius='50'/>"
                    .repeat(50),
            )),
        ),
        (
            "dashes without number",
            drawing(&format!(
                "<path fill='none' stroke='red' stroke-width='.01' stroke-dasharray='1e-5' d='M0 0{}'/>",
                "L100 100L0 0".repeat(10_000),
            )),
        ),
        (
            "markers on every point",
            drawing(&format!(
                "<marker id='m'>{}</marker><path marker-mid='url(#m)' d='M0 0{}'/>",
                square.repeat(1000),
                "h1v1".repeat(20_000),
            )),
        ),
    ]
}

/// Twenty-six levels, each with two of the one below.
fn doubling(first: &str, part: &str) -> Vec<u8> {
    let mut inside = first.to_owned();
    let (name, open, close) = match (first.starts_with("<mask"), part.contains("fill")) {
        (true, _) => ("mask", "", ""),
        (_, true) => ("pattern", "width='9' height='9'", "patternUnits='userSpaceOnUse'"),
        _ => ("g", "", ""),
    };
    for level in 0..26 {
        let below = part.replace("{}", &level.to_string());
        write!(inside, "<{name} id='a{}' {open} {close}>{below}{below}</{name}>", level + 1).unwrap();
    }
    inside += &part.replace("{}", "26");
    drawing(&inside)
}

fn styled_masks() -> Vec<u8> {
    let mut inside = String::from("<style>");
    (0..26).for_each(|level| write!(inside, "mask#a{} rect, .b{level} {{ mask: url(#a{level}) }}", level + 1).unwrap());
    inside += "</style><mask id='a0'><rect width='9' height='9'/></mask>";
    for level in 1..26 {
        write!(inside, "<mask id='a{level}'><rect width='9' height='9'/><rect width='8' height='9'/></mask>").unwrap();
    }
    drawing(&(inside + "<rect class='b25' width='9' height='9'/>"))
}

fn entities_of_entities() -> Vec<u8> {
    let mut declared = String::from("<!ENTITY a0 'lol'>");
    (0..10)
        .for_each(|level| write!(declared, "<!ENTITY a{} '{}'>", level + 1, format!("&a{level};").repeat(10)).unwrap());
    [format!("<!DOCTYPE svg [{declared}]>").into_bytes(), drawing("<desc>&a10;</desc>")].concat()
}

fn entity_many_times() -> Vec<u8> {
    let declared = format!("<!DOCTYPE svg [<!ENTITY a '{}'>]>", "x".repeat(100_000));
    [declared.into_bytes(), drawing(&"<g id='&a;'/>".repeat(10_000))].concat()
}
