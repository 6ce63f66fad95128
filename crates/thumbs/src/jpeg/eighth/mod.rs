//! Decodes a JPEG at an eighth of its size, where one block is one pixel: from the first coefficient of each, which is the
//! block's mean, passing over all others. That is where libjpeg-turbo spends its time at this size.
//!
//! Knows what cameras and programs write. All else, and all that does not add up, is left to libjpeg-turbo.

mod bits;
mod colour;
mod huffman;
mod markers;

use super::header::segment;
use super::{Header, SCANS};
use crate::pixels::Pixels;
use bits::Bits;
use huffman::{Differences, Huffman, Skips};
use markers::{Component, Frame, Scan, Tables};
use std::ops::Range;

/// Eight times what a block's mean may be, with room for how encoders round. Beyond it libjpeg-turbo has its own ways.
const MEANS: Range<i32> = -2048..2048;

/// The first coefficients of a component, a block each, in whole groups.
struct Plane {
    across: usize,
    down: usize,
    stride: usize,
    firsts: Vec<i16>,
    quantiser: i32,
}

/// Bytes that the coefficients take: two of each block, beside the pixels.
pub(super) fn memory(header: &Header) -> u64 {
    header.blocks() * 2
}

/// None: libjpeg-turbo may know.
pub(super) fn decode(bytes: &[u8]) -> Option<Pixels> {
    let mut tables = Tables::default();
    let mut planes: Vec<Plane> = Vec::new();
    // The lowest bit of the first coefficients that is known.
    let mut known = u8::MAX;
    let mut scans = 0;
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    // A file that was cut short behind its first coefficients has all that is needed.
    while let Some((marker, body, after)) = segment(rest) {
        rest = after;
        match marker {
            0xd9 => break,
            0xda => {
                scans += 1;
                if scans > SCANS {
                    return None;
                }
                let frame = tables.frame.as_ref()?;
                let Some(scan) = Scan::read(body, frame)? else { continue };
                if known == u8::MAX && scan.high == 0 {
                    planes = planes_of(frame, &tables)?;
                    read(&tables, frame, &scan, after, &mut planes)?;
                } else if known != u8::MAX && scan.high == known && scan.low + 1 == known {
                    refine(&tables, frame, &scan, after, &mut planes)?;
                } else {
                    return None;
                }
                known = scan.low;
                if !frame.progressive {
                    break;
                }
            }
            // What was stuffed into the data of a scan, and its restarts, have no body.
            _ => tables.take(marker, body)?,
        }
    }
    (known == 0).then(|| colour::pixels(tables.frame.as_ref()?, &planes)).flatten()
}

fn planes_of(frame: &Frame, tables: &Tables) -> Option<Vec<Plane>> {
    let (columns, rows) = frame.groups();
    let plane = |component: &Component| {
        let quantiser = (*tables.quantisers.get(component.quantiser)?)?;
        let (across, down) = (component.across, component.down);
        let stride = columns * across;
        let firsts = vec![0; stride * rows * down];
        // Larger ones are for twelve bits a sample.
        (1..256).contains(&quantiser).then(|| Plane { across, down, stride, firsts, quantiser: quantiser.into() })
    };
    frame.components.iter().map(plane).collect()
}

/// Reads the first coefficients, all of their bits or the higher ones.
fn read(tables: &Tables, frame: &Frame, scan: &Scan, data: &[u8], planes: &mut [Plane]) -> Option<()> {
    let of = |tables: &[Option<Huffman>; 4], at: usize| tables.get(at)?.clone();
    let differences: Vec<_> = scan
        .tables
        .iter()
        .map(|&(first, _)| Some(Differences::new(&of(&tables.firsts, first)?)))
        .collect::<Option<_>>()?;
    let quantisers: Vec<_> = planes.iter().map(|plane| plane.quantiser).collect();
    let checked =
        |first: i32, component: usize| MEANS.contains(&(first * quantisers[component])).then_some(first as i16);
    let low = u32::from(scan.low);
    if scan.last == 0 {
        return each_block(tables.interval, frame, data, planes, |bits, component, before, first| {
            *before += i32::from(bits.difference(&differences[component])?);
            *first = checked(*before << low, component)?;
            Some(())
        });
    }
    let skips: Vec<_> =
        scan.tables.iter().map(|&(_, others)| Some(Skips::new(&of(&tables.others, others)?))).collect::<Option<_>>()?;
    each_block(tables.interval, frame, data, planes, |bits, component, before, first| {
        *before += i32::from(bits.difference(&differences[component])?);
        *first = checked(*before, component)?;
        bits.skip(&skips[component])
    })
}

/// Adds one bit to each first coefficient.
fn refine(tables: &Tables, frame: &Frame, scan: &Scan, data: &[u8], planes: &mut [Plane]) -> Option<()> {
    each_block(tables.interval, frame, data, planes, |bits, _, _, first| {
        *first |= i16::from(bits.bit()) << scan.low;
        Some(())
    })
}

/// Goes through the blocks as a scan brings them: group by group, in it component by component. `read` gets a block's
/// component, the coefficient of the block before, and the place of its own.
fn each_block(
    interval: usize,
    frame: &Frame,
    data: &[u8],
    planes: &mut [Plane],
    read: impl Fn(&mut Bits, usize, &mut i32, &mut i16) -> Option<()>,
) -> Option<()> {
    let (columns, rows) = frame.groups();
    let mut bits = Bits::new(data);
    let mut before = [0; 3];
    let (mut until_restart, mut restarts) = (interval, 0);
    for row in 0..rows {
        for column in 0..columns {
            if interval > 0 && until_restart == 0 {
                bits.restart(restarts % 8)?;
                before = [0; 3];
                (until_restart, restarts) = (interval, restarts.wrapping_add(1));
            }
            until_restart = until_restart.wrapping_sub(1);
            for (component, plane) in planes.iter_mut().enumerate() {
                for y in 0..plane.down {
                    let start = (row * plane.down + y) * plane.stride + column * plane.across;
                    for first in &mut plane.firsts[start..start + plane.across] {
                        read(&mut bits, component, &mut before[component], first)?;
                    }
                }
            }
        }
        if bits.overdrawn() {
            return None;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests;
