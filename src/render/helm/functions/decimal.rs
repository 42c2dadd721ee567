//! Decimal fractions, for arithmetic as on paper.

/// A number with digits after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// All its digits.
    digits: i128,
    /// How many of them stand after the point.
    places: u32,
}

/// How many digits after the point a quotient has.
const QUOTIENT_PLACES: u32 = 16;
/// How many digits after the point are taken in.
const MOST_PLACES: usize = 30;

impl Decimal {
    /// The shortest fraction that reads as `value`; nothing if it is too long.
    pub fn of(value: f64) -> Option<Self> {
        let text = format!("{value}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        if fraction.len() > MOST_PLACES || whole.len() > MOST_PLACES {
            return None;
        }
        Some(Self {
            digits: format!("{whole}{fraction}").parse().ok()?,
            places: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// The nearest float.
    pub fn as_float(self) -> f64 {
        let text = format!("{}e-{}", self.digits, self.places);
        text.parse().unwrap_or(0.0)
    }

    /// Both with as many digits after the point.
    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let places = self.places.max(other.places);
        let scaled = |one: Self| {
            one.digits
                .checked_mul(10_i128.checked_pow(places - one.places)?)
        };
        Some((scaled(self)?, scaled(other)?, places))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (one, other, places) = self.aligned(other)?;
        let digits = one.checked_add(other)?;
        Some(Self { digits, places })
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        let (one, other, places) = self.aligned(other)?;
        let digits = one.checked_sub(other)?;
        Some(Self { digits, places })
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            digits: self.digits.checked_mul(other.digits)?,
            places: self.places + other.places,
        })
    }

    /// The quotient, rounded.
    pub fn over(self, other: Self) -> Option<Self> {
        let (one, other, _) = self.aligned(other)?;
        let scaled = one.checked_mul(10_i128.checked_pow(QUOTIENT_PLACES)?)?;
        let (quotient, rest) = (scaled.checked_div(other)?, scaled.checked_rem(other)?);
        let rounds = rest.unsigned_abs().checked_mul(2)? >= other.unsigned_abs();
        let sign = scaled.signum() * other.signum();
        Some(Self {
            digits: if rounds {
                quotient.checked_add(sign)?
            } else {
                quotient
            },
            places: QUOTIENT_PLACES,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_added_and_divided_as_on_paper() {
        let of = |value| Decimal::of(value).unwrap();
        assert_eq!(of(1.1).plus(of(2.2)).map(Decimal::as_float), Some(3.3));
        assert_eq!(of(3.0).minus(of(1.1)).map(Decimal::as_float), Some(1.9));
        assert_eq!(
            of(1.005).times(of(100.0)).map(Decimal::as_float),
            Some(100.5)
        );
        assert_eq!(
            of(2.0).over(of(3.0)).map(Decimal::as_float),
            Some(0.666_666_666_666_666_7)
        );
        assert_eq!(of(-7.0).over(of(2.0)).map(Decimal::as_float), Some(-3.5));
        assert_eq!(of(1.0).over(of(0.0)), None);
        assert_eq!(Decimal::of(1e300), None);
    }
}
