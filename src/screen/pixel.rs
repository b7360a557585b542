//! Arithmetic on pixels of four channels in one word, `0xAARRGGBB`, premultiplied.

use egui::Color32;

/// The bits of a pixel that hide what is behind it.
pub const OPAQUE: u32 = 0xff00_0000;

/// A colour as a pixel.
pub fn argb(color: Color32) -> u32 {
    let [r, g, b, a] = color.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// Red, green, blue and opacity of a pixel.
pub fn rgba(pixel: u32) -> [u8; 4] {
    let [a, r, g, b] = pixel.to_be_bytes();
    [r, g, b, a]
}

/// Whether nothing shines through.
pub fn is_opaque(color: u32) -> bool {
    color >= OPAQUE
}

/// Each channel times `factor` / 255, rounded.
#[inline]
pub fn scale(color: u32, factor: u32) -> u32 {
    const PAIR: u32 = 0x00ff_00ff;
    const HALF: u32 = 0x0080_0080;
    let low = (color & PAIR) * factor + HALF;
    let low = ((low + ((low >> 8) & PAIR)) >> 8) & PAIR;
    let high = ((color >> 8) & PAIR) * factor + HALF;
    let high = (high + ((high >> 8) & PAIR)) & !PAIR;
    low | high
}

/// Each channel of one times the same of the other / 255, rounded.
#[inline]
pub fn times(color: u32, texel: u32) -> u32 {
    let channel = |shift: u32| {
        let product = ((color >> shift) & 255) * ((texel >> shift) & 255) + 128;
        ((product + (product >> 8)) >> 8) << shift
    };
    channel(0) | channel(8) | channel(16) | channel(24)
}

/// A texel in a colour; most are grey, which is a factor.
#[inline]
pub fn tinted(color: u32, texel: u32) -> u32 {
    if texel == texel.rotate_right(8) {
        scale(color, texel & 255)
    } else {
        times(color, texel)
    }
}

/// A premultiplied colour laid over an opaque pixel.
#[inline]
pub fn over(below: u32, color: u32) -> u32 {
    let kept = scale(below, 255 - (color >> 24));
    let channel = |shift: u32| {
        // A colour that only adds light, or one that was not premultiplied, may go past white.
        let sum = ((kept >> shift) & 255) + ((color >> shift) & 255);
        sum.min(255) << shift
    };
    channel(0) | channel(8) | channel(16) | OPAQUE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_rounded_as_a_division_would() {
        for value in 0..=255_u32 {
            for factor in 0..=255 {
                let exact = (value * factor * 2 + 255) / 510;
                let all = value * 0x0101_0101;
                assert_eq!(scale(all, factor), exact * 0x0101_0101);
                assert_eq!(times(all, factor * 0x0101_0101), exact * 0x0101_0101);
            }
        }
    }

    #[test]
    fn light_that_is_added_ends_at_white() {
        assert_eq!(over(0xffc0_c0c0, 0x0080_8080), 0xffff_ffff);
        assert_eq!(over(0xff10_2030, 0xff01_0203), 0xff01_0203);
        assert_eq!(over(0xff10_2030, 0), 0xff10_2030);
    }
}
