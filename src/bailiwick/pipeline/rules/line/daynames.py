"""The words for days in English and German."""

from bailiwick.pipeline.rules.line.words import keys, phrases, single

DEADLINE = phrases(
    {
        True: "by|before|until|till|bis|spätestens|bis spätestens|spätestens bis|no later than|not later than|by latest|due"
        "|due by|due on|fällig|fällig am|deadline|deadline :|bis zum|bis zur"
    }
)
LEAD = keys("the on this am zum zur den dem der at ab from vom für for nach after latest in im of diesen")

RELATIVE = phrases(
    {
        0: "today|tonight|this morning|this afternoon|this evening|heute|heute morgen|heute früh|heute abend|eod"
        "|heute nachmittag|heute mittag|heute vormittag|end of day|end of the day",
        1: "tomorrow|tmrw|tomorrow morning|tomorrow afternoon|tomorrow evening|morgen|morgen früh|morgen abend"
        "|morgen nachmittag|morgen mittag|morgen vormittag",
        2: "day after tomorrow|the day after tomorrow|übermorgen|uebermorgen",
        -1: "yesterday|last night|yesterday morning|yesterday afternoon|yesterday evening|gestern|gestern abend"
        "|gestern nachmittag|gestern morgen|gestern früh|gestern mittag|gestern vormittag",
        -2: "day before yesterday|the day before yesterday|vorgestern",
    }
)
NOT_TOMORROW = keys("guten am jeden")  # before "Morgen": good morning, in the morning, every morning

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon montag",
            "tuesday tue tues dienstag",
            "wednesday wed weds mittwoch",
            "thursday thu thur thurs donnerstag",
            "friday fri freitag",
            "saturday sat samstag sonnabend",
            "sunday sun sonntag",
        )
    )
    for name in names.split()
}
SHORT_GERMAN = {name: number for number, name in enumerate(["mo", "di", "mi", "do", "fr", "sa", "so"])}
DOUBTFUL = keys("mon wed sat sun") | frozenset(SHORT_GERMAN)  # words of their own as well
WHICH = phrases(
    {
        "next": "next|nächster|nächsten|nächste|nächstem|naechsten|naechste|next week|nächste woche|nächster woche",
        "coming": "coming|this coming|kommenden|kommender|kommende|diesen|dieser|this",
        "week before": "last week|letzte woche|letzter woche|vorige woche|voriger woche",
        "last": "last|past|letzten|letzter|letzte|vergangenen|vergangene|vorigen",
    }
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän jänner",
            "february feb februar",
            "march mar märz mär maerz mrz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}

UNITS = phrases(
    {
        "day": "day|days|tag|tage|tagen",
        "week": "week|weeks|woche|wochen",
        "month": "month|months|monat|monate|monaten",
        "year": "year|years|jahr|jahre|jahren",
    }
)
COUNTS = {
    name: number
    for number, names in enumerate(
        (
            "a an one ein eine einem einen einer",
            "two zwei",
            "three drei",
            "four vier",
            "five fünf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwölf",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKS = phrases(
    {
        "next week": "next week|nächste woche|nächster woche|naechste woche|kommende woche|kommender woche|coming week",
        "this week": "this week|diese woche|dieser woche",
        "last week": "last week|letzte woche|letzter woche|vergangene woche|vorige woche",
        "next month": "next month|nächsten monat|nächster monat|nächstem monat|kommenden monat|naechsten monat",
        "last month": "last month|letzten monat|letzter monat|vergangenen monat",
    }
)
ENDS = phrases(
    {
        "week": "end of week|end of the week|end of this week|eow|ende der woche|ende dieser woche|ende woche",
        "next week": "end of next week|ende nächster woche|ende der nächsten woche|ende kommender woche",
        "month": "end of month|end of the month|end of this month|eom|month end|monatsende|ende des monats|ende monat"
        "|ende dieses monats|ende diesen monats|ultimo",
        "next month": "end of next month|ende nächsten monats|ende des nächsten monats|ende nächster monat",
        "quarter": "end of quarter|end of the quarter|end of this quarter|eoq|quarter end|quartalsende|ende des quartals",
        "year": "end of year|end of the year|end of this year|eoy|year end|jahresende|ende des jahres",
    }
)
END_OF = phrases({True: "end of|ende|end"})
WEEK_NUMBER = phrases({True: "kw|kalenderwoche|calendar week|cw"})

DAY_WORDS = (
    single((*RELATIVE, *WEEKS, *ENDS, *WHICH, *UNITS, *DEADLINE, *WEEK_NUMBER))
    | frozenset(WEEKDAYS)
    | frozenset(SHORT_GERMAN)
    | frozenset(MONTHS)
    | frozenset(COUNTS)
    | LEAD
    | keys("ago vor within binnen innerhalb")
)
