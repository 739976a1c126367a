"""Signs and codes of currencies as they stand before or behind amounts."""

# What a sign stands for; "" where several countries write it.
SIGNS = {
    "$": "",
    "¥": "",
    "￥": "",
    "kr": "",
    "kr.": "",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "rs.": "",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "฿": "THB",
    "₫": "VND",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "fr.": "CHF",
    "sfr.": "CHF",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "mx$": "MXN",
    "euro": "EUR",
}
CODES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HRK HUF IDR ILS INR ISK JPY KES KRW KWD LKR MAD MXN MYR "
    "NGN NOK NZD PEN PHP PKR PLN QAR RMB RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR"
).split()
KNOWN = SIGNS | {code.lower(): code for code in CODES} | {"rmb": "CNY"}
