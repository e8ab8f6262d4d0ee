"""Invented names. Given names are made of words for things, so that nobody takes them for real people."""
import unicodedata

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Đỗ", "Hoàng", "Cao", "Đậu", "Huỳnh", "Đoàn", "Giàng", "Bùi",
          "Thạch", "Tạ", "Trịnh", "Ngô", "Hứa", "Đinh", "Lò", "Lý", "Đào", "Dương", "Hồ", "Phan", "Mai", "Tô",
          "Võ", "Vũ")
FAMILY_WEIGHTS = (30, 12, 10, 8, 5, 5) + (2,) * 23
MIDDLE = {"M": ("Văn", "Hữu", "Quang", "Viết", "Bá", "Xuân", "Công", "Thế", "Trọng", "Đình", "Đức"),
          "F": ("Thị", "Thị", "Thị", "Kim", "Mỹ", "Thu", "Như", "Thị Bích", "Thị Hồng", "Diệu", "Ngọc")}
WORDS = ("Khẽ Gió Tỏa Cẩm Sữa Đước Chợ Thực Lộc Mũi Trầm Khẳng Lễ Bờ Nở Vỹ Rỡ Nghỉ Bình Nghĩa Bống Đèo Tuệ Núi "
         "Sẻ Xòe Sông Mùa Đàn Hạ Kỳ Mịn Nhật Bể Cò Đất Củi Khóe Nắng Sớm Hè Chổi Hòa Gấm Sõi Khuê Thảo Thơm Đồng "
         "Sẵn Trăng Khéo Quế Nhẹ Mây Lụa Suối Rằm Gỗ Thúy Chín Kỵ Mẫn Thỏ Thủy Sương Lặng Rừng Quý Mềm Lửa Lá Đá "
         "Nhã Kỷ Xanh").split()
HIGHLAND = ("H'Plâo", "Ksên", "H'Blưt", "Srông", "H'Krơk", "H'Pluôn", "Kđên")

# country, how a passport number looks (L letter, 9 digit), invented family and given names
FOREIGN = (
    ("KOR", "M99999999", ("Gwomal", "Baknun", "Sohadam"), ("Binari", "Dolsae", "Namudol")),
    ("CHN", "E99999999", ("Zhuoba", "Lianxu", "Fengte"), ("Mukuai", "Shizhuo", "Yuntai")),
    ("JPN", "J99999999", ("Moriame", "Kawasuna", "Ishikaze"), ("Namiko", "Amehiko", "Sunao")),
    ("DEU", "D99999999", ("Straßenlaub", "Regenpult", "Wolkental"), ("Wiesa", "Torfin", "Lampert")),
    ("USA", "999999999", ("Cloudmere", "Pebbleton", "Fernwick"), ("Brindle", "Tansy", "Corvin")),
    ("FRA", "99LL99999", ("Nuagette", "Pierrelune", "Boisclair"), ("Sablon", "Ventine", "Ruisso")),
    ("IND", "L9999999", ("Nadipath", "Meghvane", "Patthar"), ("Dhoopi", "Lehrin", "Ghatan")),
)
FOREIGN_WEIGHTS = (34, 22, 14, 6, 10, 6, 8)


def vietnamese(rng, sex):
    """Family name and given name (which holds the middle name)."""
    if rng.random() < 0.012:
        return rng.choice(HIGHLAND), rng.choice(HIGHLAND) if rng.random() < 0.6 else ""
    family = rng.choices(FAMILY, FAMILY_WEIGHTS)[0]
    words = [rng.choice(MIDDLE[sex])] + rng.sample(WORDS, 2)
    return family, " ".join(words)


def fill(rng, shape):
    """A number in the shape of a country's passports."""
    return "".join(rng.choice("0123456789") if c == "9" else rng.choice("ABCDEFGHKLMNPRTVWXYZ") if c == "L" else c
                   for c in shape)


def plain(text):
    """Without marks, as typed on a keyboard that has none."""
    text = text.replace("Đ", "D").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def slip(rng, text):
    """A typing slip: a letter doubled, lost or swapped with the next."""
    if len(text) < 3:
        return plain(text)
    i = rng.randrange(1, len(text) - 1)
    return rng.choice((text[:i] + text[i] + text[i:], text[:i] + text[i + 1:],
                       text[:i] + text[i + 1] + text[i] + text[i + 2:]))
