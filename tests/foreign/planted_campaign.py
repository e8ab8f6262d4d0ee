"""
A hand-made campaign: every person stands for one situation, and says what must become of it. Nothing here is taken
from the program; the expectations are contract.md's and design.md's.
"""
import csv
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

NOW = "2022-06-15T09:00:00+07:00"
AZ, PFIZER, MODERNA, JANSSEN = "EU/1/21/1529", "EU/1/20/1528", "EU/1/20/1507", "EU/1/20/1525"
VERO, HAYAT, SPUTNIK, ABDALA = "BBIBP-CorV", "Hayat-Vax", "Sputnik-V", "Abdala"
TRADE_NAMES = {
    AZ: "AstraZeneca", PFIZER: "Pfizer", MODERNA: "Moderna", JANSSEN: "Janssen", VERO: "Vero Cell",
    HAYAT: "Hayat-Vax", SPUTNIK: "Sputnik V", ABDALA: "Abdala",
}
FACILITIES = [("01-A", "Bệnh viện Bạch Mai", "hospital", "01", "00001"),
              ("79-B", "Trạm Y tế phường Bến Nghé", "commune-station", "79", "26740")]
COLUMNS = ["reference", "facility", "family_name", "given_name", "full_name", "sex", "date_of_birth", "identity_type",
           "identity_number", "nationality", "product", "lot", "dose_number", "dose_kind", "vaccinated_on", "corrects"]
VIETNAMESE = dict(zip(COLUMNS, [
    "Mã tham chiếu", "Mã cơ sở", "Họ", "Tên đệm và tên", "Họ và tên", "Giới tính", "Ngày sinh", "Loại giấy tờ",
    "Số định danh", "Quốc tịch", "Tên vắc xin", "Số lô", "Mũi số", "Loại mũi", "Ngày tiêm", "Sửa phiên bản"]))


@dataclass
class Expected:
    state: str
    differs: tuple = ()
    suggestion: str | None = None
    faults: tuple = ()


@dataclass
class Case:
    """One person: a row of the registry unless unknown, their doses, and what must come of it."""
    name: str
    family: str
    given: str
    born: str
    number: str
    sex: str = "M"
    certificate: dict | None = None
    old_number: str = ""
    in_registry: bool = True
    nationality: str = "VNM"
    rows: list = field(default_factory=list)
    expected: dict = field(default_factory=dict)

    def dose(self, product, day, number="", kind="", facility="01-A", state="matched", differs=(), suggestion=None,
             faults=(), reference=None, **wrong):
        """Adds a record; keyword arguments replace what the clerk should have typed. state None: no line of its own."""
        reference = reference or f"{self.name}/{len(self.rows) + 1}"
        row = dict.fromkeys(COLUMNS, "") | {
            "reference": reference, "facility": facility, "family_name": self.family, "given_name": self.given,
            "sex": self.sex, "date_of_birth": self.born, "identity_number": self.number, "product": product,
            "identity_type": "CMND" if len(self.number) == 9 else "CCCD", "nationality": self.nationality,
            "lot": "L1", "dose_number": str(number), "dose_kind": kind, "vaccinated_on": day} | wrong
        self.rows.append(row)
        if state:
            self.expected[(facility, reference)] = Expected(state, tuple(differs), suggestion, tuple(faults))
        return self

    def gets(self, dn, sd, product, day, **names):
        self.certificate = {"dn": dn, "sd": sd, "mp": product, "dt": day} | names
        return self


class Campaign:
    def __init__(self):
        self.cases: list[Case] = []

    def person(self, name, family="", given="", **more) -> Case:
        index = len(self.cases) + 1
        # Different people never share a name, unless a case says so: that would make them each other's candidates.
        letters = "".join("ABCDEGHIKLMNOPQRSTUVXY"[(index // 22 ** place) % 22].lower() for place in range(3))
        more.setdefault("born", f"19{50 + index % 45:02}-0{1 + index % 9}-{10 + index % 19}")
        more.setdefault("number", f"0010{int(more['born'][2:4]):02}{index:06}")
        case = Case(name, family or "Nguyễn", given or f"Văn {letters.capitalize()}", **more)
        self.cases.append(case)
        return case

    def write(self, directory: Path, vietnamese: bool = False) -> None:
        """English headers, commas and LF; or as a Vietnamese spreadsheet saves it: semicolons, BOM, CRLF."""
        directory.mkdir(parents=True, exist_ok=True)
        style = {"delimiter": ";", "lineterminator": "\r\n"} if vietnamese else {"lineterminator": "\n"}

        def write(name, header, rows):
            with open(directory / name, "w", encoding="utf-8-sig" if vietnamese else "utf-8", newline="") as file:
                csv.writer(file, **style).writerows([header, *rows])

        write("facilities.csv", ["code", "name", "kind", "province", "commune"], FACILITIES)
        write("population.csv",
              ["identity_number", "old_identity_number", "family_name", "given_name", "sex", "date_of_birth", "commune"],
              [[c.number, c.old_number, c.family, c.given, c.sex, c.born, "00001"]
               for c in self.cases if c.in_registry])
        words = {"M": "Nam", "F": "Nữ"} if vietnamese else {}
        columns = list(reversed(COLUMNS)) if vietnamese else COLUMNS
        write("records.csv", [VIETNAMESE[c] for c in columns] if vietnamese else columns,
              [[words.get(row[c], row[c]) if c == "sex" else row[c] for c in columns]
               for case in self.cases for row in case.rows])


def identity_cases(c: Campaign) -> None:
    def two(case: Case, **how) -> Case:
        return case.dose(AZ, "2021-08-01", 1, **how).dose(AZ, "2021-10-01", 2, **how)

    def certified(case: Case, **names) -> None:
        two(case).gets(2, 2, AZ, "2021-10-01", **names)

    certified(c.person("cccd"))
    case = c.person("cmnd", old_number="012345678")
    two(case, identity_number="012345678", identity_type="CMND").gets(2, 2, AZ, "2021-10-01")
    case = c.person("cmnd-then-cccd", old_number="012345679")
    case.dose(AZ, "2021-08-01", 1, identity_number="012345679", identity_type="CMND").dose(AZ, "2021-10-01", 2)
    case.gets(2, 2, AZ, "2021-10-01")
    two(c.person("type-not-said"), identity_type="").gets(2, 2, AZ, "2021-10-01")
    case = c.person("nfd", "Nguyễn", "Thị Thuỷ Tiên", sex="F")
    two(case, given_name=unicodedata.normalize("NFD", case.given), family_name=unicodedata.normalize("NFD", case.family))
    case.gets(2, 2, AZ, "2021-10-01", fn="Nguyễn", gn="Thị Thuỷ Tiên", fnt="NGUYEN", gnt="THI<THUY<TIEN")
    certified(c.person("đ", "Đặng", "Đình Đức"), fn="Đặng", gn="Đình Đức", fnt="DANG", gnt="DINH<DUC")
    case = c.person("one-word", " ", "Ánh")
    case.family = ""
    certified(case, fn="Ánh", fnt="ANH", gn=None, gnt=None)
    certified(c.person("y-ok", "Y", "Ơk"), fnt="Y", gnt="OK")
    certified(c.person("hhen", "H'Hen", "Niê", sex="F"), fnt="HHEN", gnt="NIE")
    case = c.person("full-name", "Trần", "Quốc Toản")
    two(case, family_name="", given_name="", full_name="Trần Quốc Toản")
    case.gets(2, 2, AZ, "2021-10-01", fn="Trần", gn="Quốc Toản")
    case = c.person("careless-typing", "Lê", "Văn Tám")
    two(case, family_name="  LÊ ", given_name="văn   tám", date_of_birth="/".join(reversed(case.born.split("-"))))
    case.gets(2, 2, AZ, "2021-10-01", fn="Lê", gn="Văn Tám")
    certified(c.person("year-only", born="1948"), dob="1948")
    certified(c.person("year-month", born="1961-07"), dob="1961-07")
    certified(c.person("woman", "Lý", "Thị Sen", sex="F"))
    case = c.person("foreigner", "Kim", "Min-Jun", number="M12345678", nationality="KOR", in_registry=False)
    two(case, state="exempt", identity_type="PASSPORT")
    case.gets(2, 2, AZ, "2021-10-01", fn="Kim", gn="Min-Jun", fnt="KIM", gnt="MIN<JUN")
    two(c.person("own-passport", number="C1234567", in_registry=False), state="missing_id", identity_type="PASSPORT")


def mismatch_cases(c: Campaign) -> None:
    def wrong(case: Case, differs, suggestion=None, **typed) -> None:
        case.dose(AZ, "2021-08-01", 1, state="mismatched", differs=differs, suggestion=suggestion, **typed)
        case.dose(AZ, "2021-10-01", 2, state="mismatched", differs=differs, suggestion=suggestion, **typed)

    wrong(c.person("wrong-name"), ["name"], given_name="Hoàn Toàn Khác")
    wrong(c.person("wrong-sex"), ["sex"], sex="F")
    wrong(c.person("wrong-birth-date", born="1980-03-20"), ["date_of_birth"], date_of_birth="1981-03-21")
    wrong(c.person("day-month", born="1980-03-04"), ["date_of_birth"], "day-month-swapped", date_of_birth="1980-04-03")
    wrong(c.person("no-diacritics", "Phạm", "Thị Hồng"), ["name"], "diacritics",
          family_name="Pham", given_name="Thi Hong")
    wrong(c.person("name-order", "Bùi", "Văn Sáu"), ["name"], "name-order", family_name="Văn Sáu", given_name="Bùi")
    wrong(c.person("name-and-birth-date", born="1970-05-05"), ["name", "date_of_birth"],
          given_name="Thị Nhầm", date_of_birth="1971-06-06")
    case = c.person("wrong-number", "Dương", "Văn Nghĩa Khôi")
    wrong(case, ["identity_number"], "digit-off", identity_number=case.number[:10] + "9" + case.number[11:])
    c.person("missing-id").dose(AZ, "2021-08-01", 1, state="missing_id", identity_number="", identity_type="")
    case = c.person("eleven-digits")
    case.dose(AZ, "2021-08-01", 1, state="bad_id_format", identity_number=case.number[:11])
    c.person("letters-in-number").dose(AZ, "2021-08-01", 1, state="bad_id_format", identity_number="0010O5000123")
    c.person("not-found", "Vương", "Không Ai Biết", number="099099999999", in_registry=False) \
        .dose(AZ, "2021-08-01", 1, state="not_found")
    # The last dose's facility signs for the series; an earlier dose that is not matched is relied on all the same.
    c.person("earlier-dose-mismatched") \
        .dose(AZ, "2021-08-01", 1, state="mismatched", differs=["sex"], sex="F") \
        .dose(AZ, "2021-10-01", 2).gets(2, 2, AZ, "2021-10-01")
    c.person("earlier-dose-not-there").dose(AZ, "2021-10-01", 2).gets(2, 2, AZ, "2021-10-01")
    c.person("last-dose-mismatched").dose(AZ, "2021-08-01", 1) \
        .dose(AZ, "2021-10-01", 2, state="mismatched", differs=["sex"], sex="F")


def submission_cases(c: Campaign) -> None:
    c.person("duplicate").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2) \
        .dose(AZ, "2021-10-01", 2, facility="79-B", state="duplicate").gets(2, 2, AZ, "2021-10-01")
    c.person("same-reference-elsewhere").dose(AZ, "2021-08-01", 1, reference="R") \
        .dose(AZ, "2021-10-01", 2, reference="R", facility="79-B").gets(2, 2, AZ, "2021-10-01")
    c.person("sent-twice").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2, reference="again") \
        .dose(AZ, "2021-10-01", 2, reference="again", state=None).gets(2, 2, AZ, "2021-10-01")
    c.person("corrected").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2, reference="typo", sex="F", state=None) \
        .dose(AZ, "2021-10-01", 2, reference="typo", corrects="1").gets(2, 2, AZ, "2021-10-01")


def course_cases(c: Campaign) -> None:
    for product in (AZ, PFIZER, MODERNA, VERO, SPUTNIK, HAYAT):
        c.person(f"two-{product}").dose(product, "2021-10-01", 1) \
            .dose(TRADE_NAMES[product], "2021-12-01", 2).gets(2, 2, product, "2021-12-01")
    c.person("no-dose-numbers").dose(PFIZER, "2021-10-01").dose(PFIZER, "2021-12-01").gets(2, 2, PFIZER, "2021-12-01")
    c.person("mixed").dose(AZ, "2021-10-01", 1).dose(PFIZER, "2021-12-01", 2).gets(2, 2, PFIZER, "2021-12-01")
    c.person("one-of-two").dose(PFIZER, "2021-12-01", 1)
    c.person("janssen").dose("Janssen", "2021-10-01", 1).gets(1, 1, JANSSEN, "2021-10-01")
    c.person("janssen-booster").dose(JANSSEN, "2021-10-01", 1).dose(PFIZER, "2022-02-01", 2, "booster") \
        .gets(2, 1, PFIZER, "2022-02-01")
    c.person("janssen-two-boosters").dose(JANSSEN, "2021-10-01", 1).dose(PFIZER, "2022-02-01", 2, "booster") \
        .dose(PFIZER, "2022-05-01", 3, "booster").gets(3, 1, PFIZER, "2022-05-01")
    c.person("janssen-second").dose(AZ, "2021-10-01", 1).dose(JANSSEN, "2021-12-01", 2) \
        .gets(2, 2, JANSSEN, "2021-12-01")
    c.person("abdala").dose(ABDALA, "2021-10-01", 1).dose("Abdala", "2021-10-20", 2).dose(ABDALA, "2021-11-10", 3) \
        .gets(3, 3, ABDALA, "2021-11-10")
    c.person("abdala-two-of-three").dose(ABDALA, "2021-10-01", 1).dose(ABDALA, "2021-10-20", 2)
    c.person("abdala-mixed").dose(ABDALA, "2021-10-01", 1).dose(ABDALA, "2021-10-20", 2) \
        .dose(PFIZER, "2021-12-10", 3).gets(3, 3, PFIZER, "2021-12-10")
    c.person("abdala-mixed-open").dose(ABDALA, "2021-10-01", 1).dose(PFIZER, "2021-12-10", 2)
    c.person("abdala-mixed-later").dose(PFIZER, "2021-10-01", 1).dose(ABDALA, "2021-12-10", 2)
    c.person("abdala-booster").dose(ABDALA, "2021-10-01", 1).dose(ABDALA, "2021-10-20", 2) \
        .dose(ABDALA, "2021-11-10", 3).dose(PFIZER, "2022-03-01", 4, "booster").gets(4, 4, PFIZER, "2022-03-01")
    c.person("booster").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2) \
        .dose(PFIZER, "2022-02-01", 3, "booster").gets(3, 3, PFIZER, "2022-02-01")
    c.person("additional").dose(VERO, "2021-08-01", 1).dose(VERO, "2021-10-01", 2) \
        .dose(VERO, "2021-11-10", 3, "additional").gets(3, 3, VERO, "2021-11-10")
    c.person("additional-and-booster").dose(VERO, "2021-08-01", 1).dose(VERO, "2021-10-01", 2) \
        .dose(VERO, "2021-11-10", 3, "additional").dose(PFIZER, "2022-03-01", 4, "booster") \
        .gets(4, 4, PFIZER, "2022-03-01")
    c.person("third-without-a-word").dose(AZ, "2021-08-01").dose(AZ, "2021-10-01").dose(PFIZER, "2022-02-01") \
        .gets(3, 3, PFIZER, "2022-02-01")
    # What was typed is a claim: it leaves room for one dose given elsewhere, and a booster never stands alone.
    c.person("booster-alone").dose(PFIZER, "2022-02-01", 3, "booster")
    c.person("booster-alone-typed-two").dose(PFIZER, "2022-02-01", 2, "booster")
    c.person("number-nine").dose(PFIZER, "2022-02-01", 9)
    c.person("two-before-it-missing").dose(ABDALA, "2021-11-10", 3)
    c.person("one-before-it-missing").dose(AZ, "2021-08-01", 1).dose(PFIZER, "2022-02-01", 3, "booster") \
        .gets(3, 3, PFIZER, "2022-02-01")
    c.person("booster-nine").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2) \
        .dose(PFIZER, "2022-02-01", 9, "booster").gets(2, 2, AZ, "2021-10-01")
    c.person("numbers-turned-round").dose(AZ, "2021-08-01", 2).dose(AZ, "2021-10-01", 1)
    c.person("number-one-twice").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 1)
    c.person("two-days-apart").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-08-03", 1, facility="79-B")
    c.person("two-days-apart-and-complete").dose(AZ, "2021-08-01", 1) \
        .dose(AZ, "2021-08-03", 1, facility="79-B").dose(AZ, "2021-10-01", 2).gets(2, 2, AZ, "2021-10-01")
    c.person("two-products-on-one-day").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2) \
        .dose(PFIZER, "2021-10-01", 2, facility="79-B")
    c.person("two-boosters-on-one-day").dose(AZ, "2021-08-01", 1).dose(AZ, "2021-10-01", 2) \
        .dose(PFIZER, "2022-02-01", 3, "booster").dose(MODERNA, "2022-02-01", 3, "booster", facility="79-B") \
        .gets(2, 2, AZ, "2021-10-01")
    c.person("two-facilities").dose(PFIZER, "2021-10-01", 1).dose(PFIZER, "2021-12-01", 2, facility="79-B") \
        .gets(2, 2, PFIZER, "2021-12-01")


def fault_cases(c: Campaign) -> None:
    def refused(name, *faults, **typed) -> None:
        c.person(name).dose(typed.pop("product", PFIZER), typed.pop("vaccinated_on", "2021-12-01"), 1, state="refused",
                            faults=faults, **typed)

    refused("unknown-facility", "unknown-facility", facility="99-X")
    refused("unknown-product", "unknown-product", product="Chanh muối")
    refused("future-dose", "future-date", vaccinated_on="2022-06-16")
    refused("no-such-day", "bad-date", vaccinated_on="31/02/2022")
    refused("month-only", "incomplete-date", vaccinated_on="2022-02")
    refused("before-birth", "before-birth", date_of_birth="2022-01-01")
    refused("bad-sex", "bad-sex", sex="X")
    refused("no-name", "missing", family_name="", given_name="")
    refused("formula", "formula", given_name="=HYPERLINK(1)")
    refused("bidi", "control-character", given_name="An\u202eGnas")
    refused("dose-zero", "bad-dose-number", dose_number="0")
    refused("dose-kind", "bad-dose-kind", dose_kind="vierte")
    refused("nationality", "bad-nationality", nationality="Atlantis")
    refused("long-name", "too-long", given_name="A" * 81)
    refused("nothing-to-correct", "nothing-to-correct", corrects="1")
    refused("ten-faults", "missing", "unknown-facility", "formula", "bad-sex", "bad-date", "bad-nationality",
            "unknown-product", "future-date", "bad-dose-number", "bad-dose-kind", facility="99-X", family_name="=1",
            given_name="", sex="?", date_of_birth="32/13/1999", nationality="1", product="x", reference=" ",
            vaccinated_on="2030-01-01", dose_number="zwei", dose_kind="y")
    case = c.person("changed-without-a-word")
    case.dose(PFIZER, "2021-12-01", 1, reference="kept")
    case.rows.append(case.rows[0] | {"vaccinated_on": "2021-12-24"})


def campaign() -> Campaign:
    made = Campaign()
    for cases in (identity_cases, mismatch_cases, submission_cases, course_cases, fault_cases):
        cases(made)
    return made
