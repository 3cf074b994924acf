"""Vietnamese personal names: surnames, name syllables, and names that belong to places and to history.

Written from general knowledge of the language; no list was copied. All entries are lower-case NFC in the older
tone style (hòa, thủy), as `lang.text.old_tone_style` gives them.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(p.split()) for p in text.split(";") if p.strip())


# The handful that nine tenths of the people bear: safe to begin a new name in the middle of a run of capitals.
COMMON_SURNAMES = _set(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn trịnh đinh lương lưu"
)
SURNAMES = COMMON_SURNAMES | _set(
    """mai tô hà lâm tăng tạ phùng quách vương thái cao chu châu kiều khổng bạch nông hứa lại lã la mạc nghiêm ninh
    phí quản quang thạch thân tiêu tống triệu trương từ ứng văn vi viên vừ giàng sùng lò lường quàng cà tòng cầm
    vàng thào lầu hạng cứ ma bế hoàng đàm đồng doãn đậu giang giáp khuất khúc kim lục mã mẫn ngụy nhâm nhữ ông phó
    sầm tào thiều thẩm trang trà úng vạn xa y ksor rơ h'mok điểu danh sơn cù cung đường hàn hầm hoa âu ân an biện cấn
    chử chung tôn tôn_thất hồng lộc phương bàn bàng triệu lỗ lều hạ ngạc kha"""
)

# Syllables frequent in middle and given names; used only where capitals do not mark the end of a name (headlines
# in capitals) and to accept a single syllable in a list.
NAME_SYLLABLES = _set(
    """văn thị hữu đức công quang minh ngọc thanh thu hồng kim xuân đình bá gia bảo quốc thế trọng duy tuấn anh hải
    hà hoài khánh linh mai phương thảo trang trâm quỳnh yến nhi như ý vy vi my mỹ mi hân hạnh hiền hoa huệ hương lan
    liên loan lụa ly mơ na nga ngân nghi nguyên nguyệt nhàn nhung oanh phúc phượng quyên sen tâm thơ thoa thúy thùy
    thủy thư thương tiên trà trinh trúc tú uyên vân xuyến an ân bách bằng bình cảnh chí chiến chung cường danh đạt
    đăng điền định đông dũng dương giang giáp hào hậu hiệp hiếu hiển hoàng hòa huân hùng huy hưng khang khải khoa
    khôi khiêm kiên kiệt lâm lân lập lộc lợi long luân lực lương mạnh nam nghĩa nhân nhật phát phong phú phước quân
    quý quyền quyết sang sáng sơn tài tân thái thắng thành thiên thiện thịnh thọ thông thuận tiến tín toàn toản tôn
    trí triều trung trường tùng tuyển tuyết vinh việt vĩnh vũ vượng yên ánh bích cẩm chi châu diễm diệp diệu dung
    duyên đan đào giao hạ hằng hảo khuê kiều lam lệ liễu mẫn miên nương phi phụng sao song thục thiện tường tuệ vương
    bùi đỗ trần lê phan đặng đoàn hoàng tạ lưu nhất nhã nhiên thy thi thiên ngà ngoan nhật khương hạo đại doanh hữu
    viết sỹ sĩ tấn tất trọng xuân mộng cát tường hoài bội băng bống bông nấm ben tít cún bin su"""
)

# Verbs and nouns of headlines that are also name syllables: they end a name in capitals once it has three parts.
HEADLINE_STOP = _set(
    "đạt thi cứu được bị nhận đoạt giành thắng vào học đỗ chết tự và cùng trở vinh_danh lập viết sáng sinh đã sẽ mất"
)

# Cities, provinces, countries and well-known districts that follow "học sinh ..." without being a person.
GEO = _phrases(
    """hải phòng; hà nội; việt nam; hải dương; quảng ninh; thái bình; nam định; hưng yên; bắc ninh; bắc giang; hà nam;
    ninh bình; thanh hóa; nghệ an; hà tĩnh; đà nẵng; cần thơ; sài gòn; hồ chí minh; đồng nai; bình dương; an giang;
    lạng sơn; cao bằng; lào cai; yên bái; điện biên; lai châu; sơn la; hòa bình; phú thọ; vĩnh phúc; thái nguyên;
    tuyên quang; hà giang; quảng bình; quảng trị; quảng nam; quảng ngãi; bình định; phú yên; khánh hòa; ninh thuận;
    bình thuận; lâm đồng; đắk lắk; đắk nông; gia lai; kon tum; bình phước; tây ninh; long an; tiền giang; bến tre;
    trà vinh; vĩnh long; đồng tháp; hậu giang; sóc trăng; bạc liêu; cà mau; kiên giang; thừa thiên huế; nhật bản;
    hàn quốc; trung quốc; thái lan; hoa kỳ; đông nam á; châu á; châu âu; lê chân; ngô quyền; hồng bàng; kiến an;
    hải an; đồ sơn; dương kinh; thủy nguyên; an dương; an lão; kiến thụy; tiên lãng; vĩnh bảo; cát hải; bạch long vĩ;
    cát bà; chí linh; kinh môn; nam sách; thanh hà; cẩm giàng; bình giang; gia lộc; tứ kỳ; ninh giang; thanh miện;
    kim thành; gia viên; hưng đạo; đất cảng; thành đông; tây bắc; tây nguyên; miền tây; đông bắc"""
)

# "Nữ sinh Việt", "mẹ Mỹ": a nationality, not a name.
DEMONYMS = _set("việt mỹ anh pháp nga nhật hàn trung thái lào úc đức ý á âu phi kinh hoa")

# Peoples of the country in one word, after "người", "dân tộc".
ETHNIC = _set(
    """kinh tày nùng thái mường mông hmông h'mông dao khmer chăm hoa thổ sán chu ê-đê ba-na xơ-đăng cơ-ho gia-rai bana
    êđê jrai giáy lự lô-lô pà-thẻn cống si-la hà-nhì la-hủ khơ-mú bru vân-kiều tà-ôi raglai xtiêng mnông tay nung
    muong
    mong thai cham"""
)

# Persons of history whose names schools, streets and prizes bear; without em/cháu before them they are never pupils.
HISTORIC = _phrases(
    """kim đồng; vừ a dính; dương văn nội; lý tự trọng; võ thị sáu; lê văn tám; trần phú; lê hồng phong; ngô quyền;
    lê chân; trần hưng đạo; trần quốc toản; nguyễn bỉnh khiêm; nguyễn trãi; nguyễn du; lê lợi; quang trung;
    nguyễn huệ; lê quý đôn; chu văn an; lương thế vinh; lương khánh thiện; thái phiên; trần nguyên hãn; hai bà trưng;
    bà triệu; nguyễn đức cảnh; nguyễn văn linh; trường chinh; phạm văn đồng; võ nguyên giáp; hồ chí minh; bác hồ;
    nguyễn tất thành; nguyễn ái quốc; hoàng xuân hãn; tô hiệu; lê đại hành; lý thường kiệt; nguyễn thị minh khai;
    mạc đĩnh chi; mạc đăng dung; phan bội châu; phan chu trinh; hoàng diệu; hoàng văn thụ; nguyễn viết xuân;
    nguyễn văn trỗi; bế văn đàn; tôn đức thắng; lê duẩn; đinh tiên hoàng; tô vĩnh diện; phan đình giót;
    nguyễn bá ngọc; đặng thùy trâm; nguyễn công trứ; hồ xuân hương; nguyễn khuyến; tản đà;
    phan đăng lưu; văn cao; nguyên hồng; phan đình phùng; nam cao; hồng bàng; lý thái tổ; lý nam đế;
    đinh bộ lĩnh; lê thánh tông; thánh gióng; phù đổng;
    tô hiến thành; lưu hữu phước; nguyễn thái học; hồ tùng mậu; nguyễn đức thuận; trần thành ngọ; phạm hồng thái;
    hoàng hoa thám; đoàn thị điểm; bùi thị xuân; nguyễn thượng hiền; nguyễn hữu huân; trương định;
    nguyễn trung trực"""
)

# A name syllable at the head of a sentence followed by one of these is an ordinary word (An toàn, Minh bạch).
COMPOUNDS = _phrases(
    """an toàn; an ninh;
    an sinh; an ủi; anh em; bảo vệ; bảo hiểm; bảo đảm; bảo tồn; bảo mẫu; bình thường; bình quân;
    bình đẳng; cảnh sát; cảnh báo;
    ngoại thương; bách khoa; anh trai;
    công an; công ty; công tác; công bố; công trình; công nhân; công nghệ; công đoàn; công bằng; công khai;
    đại học; đại diện; đại biểu; đào tạo; dũng cảm; dương lịch; giang hồ; hải quân; hải sản; hải quan; hiền lành;
    hiếu học; hoa phượng; hòa bình; hoàn cảnh; hương vị; khoa học; kim loại; kiên trì; kiên quyết; lâm nghiệp;
    liên quan; liên đội; liên hệ; linh hoạt; long trọng; mai này; minh bạch; minh chứng; minh họa; nam sinh; nam giới;
    ngân hàng; ngân sách; nghĩa vụ; nguyên nhân; nguyên tắc; nhân dân; nhân viên; nhân dịp; nhật ký; nhi đồng;
    phong trào; phương án; phương pháp; phương tiện; phương tây; phú quý; phúc lợi; phát hiện; phát biểu; phát động;
    quân đội; quân sự; quang cảnh; quốc gia; quốc tế; quốc hội; quý phụ; sơn mài; tài chính; tài năng; tài sản;
    tài liệu; tài xế; tâm lý; tâm sự; tân sinh; thành phố; thành tích; thành viên; thành công; thành lập; thanh niên;
    thanh tra; thanh tra; thanh thiếu; thắng lợi; thảo luận; thiên tai; thiên nhiên; thiện nguyện; thịnh hành;
    thông tin; thông qua; thông báo; thông thường; thư viện; thư ký; thương mại; thu nhập; thu hút; thủy sản;
    tiến sĩ; tiến độ; toàn bộ; toàn trường; trí tuệ; trí thức; trung tâm; trung bình; trung ương; trung học;
    trung thu;
    trường hợp; trường lớp; tùy theo; văn phòng; văn hóa; văn bản; văn nghệ; vân vân; việt kiều; vinh danh; xuân về"""
)
