"""Files as other municipalities might write them: headings, dates and coordinates that no shipped layout has.

They were written before `describe` was tried on them; four of six came out right at once.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Other:
    """A file and what must be read out of its first row."""

    name: str
    lines: tuple[str, ...]
    first: dict[str, object]


def rows(template: str, *values: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(template.format(*value) for value in values)


OTHERS = (
    Other(
        "synpunkter_kontaktcenter.csv",
        (
            "Diarienr;Registrerad;Ämnesområde;Gatuadress;Fritext;Handläggning",
            *rows(
                "KC-{0};{1}.05.2026 {2}:15;{3};Storgatan {0};Det här är ett långt ärende om {4};Pågår",
                (1, 11, 10, "Klotter", "en vägg"),
                (2, 12, 11, "Belysning", "en lampa"),
                (3, 13, 12, "Nedskräpning", "en papperskorg"),
                (4, 24, 13, "Klotter", "en tunnel"),
                (5, 25, 14, "Felparkering", "en bil"),
            ),
        ),
        {
            "category": "damage_vandalism",
            "local_weekday": 0,
            "location_text": "Storgatan 1",
            "time_precision": "day",
        },
    ),
    Other(
        "olyckor_lokal_zon.csv",
        (
            "OlycksID,Olycksdatum,Klockan,Svårighetsgrad,N,E,Beskrivning",
            *rows(
                "{0},2025-11-{1},{2}:30,{3},65567{0}0.5,16145{0}.5,Bil och cykel kolliderade i korsningen",
                (1, 10, 8, "Lindrig"),
                (2, 11, 9, "Svår"),
                (3, 12, 16, "Lindrig"),
                (4, 13, 17, "Ingen"),
            ),
        ),
        {
            "category": "traffic_accident",
            "severity": "slight",
            "local_hour": 8,
            "location_precision": "exact",
        },
    ),
    Other(
        "survey_export.csv",
        (
            "response_id,submitted_at,latitude,longitude,issue_type,comment",
            *rows(
                "r{0},2026-03-0{0}T18:05:00,59.13{0},12.93{0},{1},It feels unsafe here after dark every day",
                (1, "Dark"),
                (2, "Speeding"),
                (3, "Litter"),
                (4, "Dark"),
            ),
        ),
        {
            "category": "environment_dark",
            "local_weekday": 6,
            "location_precision": "exact",
            "time_precision": "day",
        },
    ),
    Other(
        "otrygga_platser.csv",
        (
            "Tidsstämpel\tVar känner du dig otrygg?\tVad är det som gör dig otrygg?\tBerätta mer",
            *rows(
                "2026-02-1{0} 12:0{0}:00\t{1}\t{2}\tJag går alltid en omväg hem när det är mörkt ute",
                (1, "gångtunneln", "Mörkt"),
                (2, "Stortorget", "Alkohol"),
                (3, "vid skolan", "För hög fart"),
                (4, "parken", "Narkotika"),
            ),
        ),
        {"category": "environment_dark", "location_text": "gångtunneln", "time_precision": "day"},
    ),
    Other(
        "brottsanmälningar.csv",
        (
            "K-nr;Brottsdatum;Brottstid;Brottstyp;Brottsplats;X;Y",
            *rows(
                "5000-K{0}-26;26010{0};{1}30;{2};Skolgatan;65563{0}0;3818{0}0",
                (1, 17, "Skadegörelse"),
                (2, 18, "Misshandel"),
                (3, 19, "Stöld"),
                (4, 20, "Skadegörelse"),
            ),
        ),
        {
            "category": "damage_vandalism",
            "local_hour": 17,
            "location_precision": "exact",
            "stream": "incident",
        },
    ),
    Other(
        "trafikmatning_vecka.csv",
        (
            "Plats;Riktning;Startdatum;Slutdatum;Fordon;Medel;85-percentil;Skyltad hastighet",
            *rows(
                "Skolgatan {0};in;2026-05-0{0};2026-05-1{0};12{0}0;34,{0};41,{0};30", (1,), (2,), (3,), (4,)
            ),
        ),
        {"site": "Skolgatan 1", "v85_kmh": 41.1, "vehicles": 1210, "speed_limit_kmh": 30},
    ),
)
