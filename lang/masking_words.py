"""Words by which the Vietnamese press points at a child, at an adult, at a relative or at a thing with
a name.

`ROLES` maps a phrase (lower case, old tone style, one to four syllables) to what it says of the name
after it:
M a minor; C a child only when it is being named ("con tên ..."); Y a younger relative, undecided by itself;
B a fellow or contestant, a minor in school surroundings; A an adult or an office; T a plain adult title
(may turn out
to be a parent); K a relative; P a place, school, street, prize or other thing named after somebody; N
nothing.
"""

from __future__ import annotations

from lang.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(p.split()) for p in text.split(";") if p.strip())


_GROUPS: dict[str, str] = {
    "M": """
        hai anh em; hai chị em; ba anh em; ba chị em; em nhỏ; bé gái sơ sinh; bé trai sơ sinh; hai bé;
        hai bạn nhỏ; em; cháu; bé; các
        em; các cháu; các bé; hai em; hai cháu; em bé; cháu bé; bé trai; bé gái; cháu trai; cháu
        gái; nữ sinh; nam sinh; học sinh; cậu bé; cô bé; cậu học trò; cô học trò; học trò; trò nhỏ;
        trò nghèo; em học sinh; nữ học sinh; nam học sinh; cô học sinh; cậu học sinh; chú bé; bạn
        nhỏ; lớp trưởng; lớp phó; thủ khoa; á khoa; thí sinh nhí; nhí; tí hon; thiếu niên; thiếu nữ;
        trẻ; đứa trẻ; đứa bé; liên đội trưởng; chi đội trưởng; đội viên; thiếu nhi; nhi đồng; thần
        đồng; bệnh nhi; trò; trẻ sơ sinh; con nuôi nhỏ; học sinh giỏi; học sinh nghèo; nam sinh viên
        lớp; pupil; pupils; schoolboy; schoolgirl; boy; girl; toddler; grader; student; students;
        schoolchildren; teenager; học sinh khuyết tật; bé sơ sinh; bạn học sinh; bí thư chi đoàn
        lớp; hs; cậu trò; cô trò nhỏ; chị em sinh đôi; anh em sinh đôi; cặp song sinh; bé út; cu; cu
        tí; nhóc; cậu nhóc; cô nhóc; cậu út; bạn đọc nhí; con cháu; con là cháu; con tôi là; con
        tên; con tôi tên; tên cháu; liên đội phó; chi đội phó; lớp phó học tập; lớp phó văn thể; cô gái nhỏ; con bé;
        trạng nguyên nhỏ tuổi; trạng nguyên nhí; nữ sinh viên lớp; ba em; bốn em; năm em; hai nữ sinh; hai nam sinh;
        hai học sinh; ba học sinh; ba nữ sinh; ba nam sinh; cậu học sinh; em út; chi đoàn lớp; ca sĩ nhí;
        diễn viên nhí; mc nhí; thủ lĩnh nhí
        """,
    "C": """
        con; con tôi; con mình; con em; con chị; con anh; con nhà em; con nhà mình; cô con gái; cậu
        con trai; con mình
        """,
    "Y": """
        em trai; em gái; em ruột; em họ; con trai; con gái; con trai út; con gái út; con trai cả;
        con gái cả; con đầu; con út; con trai đầu; con gái đầu; con riêng; con trai tôi; con gái
        tôi; con trai mình; con gái mình; con trai chị; con trai anh; con gái chị; con gái anh; con
        trai lớn; con gái lớn; cháu nội; cháu ngoại; chị gái; son; daughter; brother; sister; con
        trai đầu lòng; con gái đầu lòng
        """,
    "B": """
        bạn; các bạn; hai bạn; bạn cùng lớp; bạn cùng bàn; bạn học; bạn cùng trường; bạn thân; bạn cùng khối;
        bạn cùng tổ; thí sinh; đội trưởng; tác giả; kỳ thủ; nạn nhân; bị hại; người bạn;
        quán quân; á quân
        """,
    "T": """
        anh; chị; ông; bà; bác; chú; dì; cậu; mợ; thím; o; vợ chồng; mr; ms; mrs; vợ chồng anh; vợ
        chồng chị; vợ chồng ông
        """,
    "K": """
        mẹ; bố; cha; ba; má; ông nội; bà nội; ông ngoại; bà ngoại; mẹ đẻ; bố đẻ; cha đẻ; mẹ ruột; mẹ
        kế; bố dượng; dì ruột; cô ruột; chú ruột; bác ruột; phụ huynh; mother; father; parent;
        parents; grandmother; grandfather; người giám hộ; bố mẹ; cha mẹ; anh trai; chị ruột; anh
        ruột; aunt; uncle
        """,
    "A": """
        cô; thầy; thầy cô; cô giáo; thầy giáo; giáo viên; nhà giáo; nhà giáo ưu tú; nhà giáo nhân
        dân; giảng viên; hiệu trưởng; phó hiệu trưởng; hiệu phó; giám đốc; phó giám đốc; chủ tịch;
        phó chủ tịch; anh hùng; công nghiệp; giáo sư; kiến trúc; bí thư; phó bí thư; bộ trưởng; thứ
        trưởng; thủ tướng; phó thủ tướng; tổng bí
        thư; chủ nhiệm; trưởng phòng; phó trưởng phòng; trưởng ban; phó trưởng ban; đại biểu; đồng
        chí; đ/c; giáo sư; phó giáo sư; tiến sĩ; thạc sĩ; cử nhân; kỹ sư; bác sĩ; y sĩ; y tá; điều
        dưỡng; luật sư; thẩm phán; kiểm sát viên; thượng úy; đại úy; trung úy; thiếu úy; thiếu tá;
        trung tá; thượng tá; đại tá; thiếu tướng; trung tướng; thượng tướng; đại tướng; tướng; liệt
        sĩ; anh hùng; vua; chúa; hoàng đế; nữ tướng; trạng trình; trạng nguyên; danh tướng; danh
        nhân; nhà thơ; nhà văn; nhạc sĩ; ca sĩ; họa sĩ; nghệ sĩ; nghệ sĩ nhân dân; nghệ sĩ ưu tú;
        nghệ nhân; danh hài; nghệ sĩ hài; hoa khôi; rapper; võ sư; shipper; nông dân; ngư dân; tiểu thương; giúp việc;
        lao công; diễn viên; đạo diễn; mc; phóng viên; nhà báo; biên tập viên; tài xế; lái xe; bảo
        mẫu; bảo vệ; cấp dưỡng; đối tượng; bị can; bị cáo; nghi phạm; nhà cách mạng; nhà khoa học;
        chuyên gia; nhà nghiên cứu; doanh nhân; cựu học sinh; cựu sinh viên; sinh viên; tân sinh
        viên; nữ sinh viên; nam sinh viên; cán bộ; chiến sĩ; hạ sĩ; trung sĩ; thượng sĩ; binh nhất;
        huấn luyện viên; hlv; kiện tướng; trọng tài; giám thị; thầy giám thị; hướng dẫn; thầy hướng
        dẫn; cô hướng dẫn; tổ trưởng; trưởng thôn; tổng phụ trách; phó; trưởng; ts; ths; pgs; gs;
        bs; gs.ts; nsnd; nsưt; hoa hậu; á hậu; người mẫu; cầu thủ; tiền đạo; tiền vệ; thủ môn; hậu
        vệ; cha mẹ học sinh; nữ doanh nhân; chủ quán; nhà hảo tâm; cố; bí thư đoàn; bí thư đoàn
        trường; chánh văn phòng; phó chánh văn phòng; chánh thanh tra; viện trưởng; tổng giám đốc;
        teacher; principal; professor; dr; director; minister; chairman; headmaster; lecturer;
        coach; mayor; official; co giao; cô hiệu trưởng; thầy hiệu trưởng; bà chủ; ông chủ; giám
        khảo; nữ công nhân; công nhân; người lính; thầy thuốc; cựu chiến binh; mẹ việt nam anh hùng;
        sư; sư thầy; hòa thượng; linh mục; già làng; phu nhân; tổng thống
        """,
    "P": """
        trường; thpt; thcs; th; tiểu học; mầm non; mẫu giáo; mẫu; đại học; học viện; cao đẳng; trung
        học; ptdt; chuyên; trường chuyên; đường; phố; phường; xã; quận; huyện; thị trấn; thị xã;
        tỉnh; thành phố; tp; thôn; xóm; làng; ấp; bản; đảo; cầu; chợ; sông; hồ; núi; đèo; bến; công
        viên; quảng trường; tượng đài; tượng; đền; chùa; đình; lăng; giải thưởng; giải; quỹ; học
        bổng; quỹ học bổng; cúp; ngõ; phố đi bộ; bệnh viện; nhà hát; rạp; cung; nhà văn hóa; khu đô
        thị; khu công nghiệp; kcn; khu; chung cư; tòa nhà; công ty; nhà máy; ngân hàng; trung tâm;
        câu lạc bộ; clb; nhà xuất bản; nxb; báo; đài; tạp chí; tại; ở; từ; về; tới; đến; trên; vùng;
        miền; biển; vịnh; ga; bến xe; phà; dân tộc; người; tiếng; môn; phong trào; chương trình;
        chiến dịch; đội; liên đội; chi đội; lớp; khoa; viện; sở; mang tên; thương hiệu; hãng; tiểu
        khu; ph; tết; street; road; school; ward; district; city; province; bridge; in; at; of; cuộc
        thi; hội thi; gương; tấm gương; noi gương; cuốn; tác phẩm; truyện; đất; quê; cuộc đời
        """,
    "N": """
        công bố; tuyên bố; phân bố; gia đình; nhà; thuộc về; về tay; trẻ em; đàn em; chị em; anh em; con
        em; dàn em; đàn cháu;
        bác hồ; bạn bè
        """,
}

ROLES: dict[str, str] = {
    " ".join(phrase.split()): cls for cls, text in _GROUPS.items() for phrase in text.split(";") if phrase.strip()
}
# Text written without tone marks: the folded words, minors first where two fold alike ("chau", "be", "em").
ROLES_FOLDED: dict[str, str] = {}
for _phrase, _cls in ROLES.items():
    ROLES_FOLDED.setdefault(fold(_phrase), _cls)

# Words that may stand between the pointing word and the name without breaking the bond.
TRANSPARENT = _words(
    """
    là tên có gọi năm nay lớp tuổi khối mất tích được xác định học đang hiện mới gọi_là khóa vào kỳ
    thi đoạt giải nhất nhì ba thưởng nghèo giỏi hiếu xuất sắc vượt khó mồ côi khuyết tật người
    dân_tộc xấu số nhỏ kể_trên này đó tiêu biểu ưu tú cờ vua cờ_vua bơi toàn quốc thành phố môn toán
    văn lý hóa anh sử địa tin named called is was year old đầu vô địch nhà trẻ thường gọi_tên danh
    và gồm nhí chuyên hai nhi tử vong đuối nước bị nạn bạo hành đánh thương đặt bỏ rơi khai sinh sơ
    bất hạnh tội nghiệp đáng nguyền dân tộc quê đạt cao vừa sinh đôi song
    """
)
# Words that turn the name after them into somebody else than the child before them.
BLOCKERS = _words(
    """
    của với cho gặp nghe theo bởi do cùng xem thăm hát đọc mừng tặng đón chào viếng về như và hay
    hoặc mang noi kể vì từ nhờ học dâng tưởng giao tìm hiểu biết ơn mời qua chống bắt giữ trao nhận
    by with from to and for meet met
    """
)
HIGHER_EDUCATION = _words(
    """
    đại đh học_viện viện cao_đẳng cđ university college viên
    """
)

# Words at the head of a sentence that are capitalised but begin no name.
SENTENCE_HEADS = _words(
    """
    theo tại ở khi và nhưng ảnh từ với của cho trong ngoài trên dưới sau trước vì do bởi nếu dù tuy
    để các những mỗi một hai ba bốn năm nhóm ngày sáng chiều tối đêm hôm nay mới vừa đã đang sẽ
    riêng cả cùng gặp thăm trao tặng nhờ được bị có là con mẹ bố cha ông bà anh chị cô thầy bác chú
    dì em cháu bé bạn thư lời chuyện vụ clip video nghe còn theo_đó mong chúc tên liên_hệ gọi báo nhắn hỏi cảm mời the a
    mr ms mrs pupil student teacher boy girl bài giải chính liệu gia_đình mình tôi tớ tui chúng vợ chồng họ vậy
    đó rồi nay đây
    """
)
# Words for children that mostly speak of many: what follows is more often a place or a school than a name.
MANY = _phrases(
    """
    học sinh; hs; học trò; thiếu nhi; nhi đồng; thiếu niên; trẻ; em nhỏ; hai học sinh; ba học sinh; đội viên;
    thủ khoa; á khoa; trò; nhí;
    học sinh giỏi; học sinh nghèo; bạn nhỏ; pupils; students; schoolchildren; student; hoc sinh
    """
)
# Capitalised words that are no names even after em/cháu/học sinh.
NOT_NAMES = _words(
    """
    thcs thpt ubnd hđnd gd đt covid internet facebook zalo tiktok youtube olympic noel tết
    trung_thu đảng bác đoàn_viên nhà_nước mông tày nùng thái_lan khmer dao ê_đê gia_rai h'mông jrai
    toán văn_học sgk vn hn hp tp lớp stem ielts sat hsg robot english math năm tháng chủ_nhật tphcm
    ở khi nhưng sau trước theo tại
    """
)
SCHOOL_NEXT = _words(
    """
    thcs thpt th tiểu mầm trung đại cao phổ pt ptdt dân quốc liên song chuyên nội năng thực mẫu dạy
    """
)
CAP_PAIRS = _phrases(
    """
    chủ tịch; anh hùng; công nghiệp; giáo sư; kiến trúc; phó chủ; hiệu trưởng; hiệu phó; giám đốc; bí
    thư; ủy ban; ủy viên; bằng khen; giấy
    khen; đại học; nhà hát; nhà trường; thành phố; trường hợp; trung tâm; công an; công ty; bệnh
    viện; tổng phụ; liên đội; chi đội; đội trưởng; đội tuyển; thiếu nhi; nhi đồng; mầm non; tiểu
    học; quốc gia; quốc tế; mặt trận; thanh niên; hội đồng; ban giám; nhà nước; bộ trưởng; sở giáo;
    phòng giáo; tiếng anh; tiếng việt; ngữ văn; lịch sử; địa lý; hóa học; vật lý; sinh học; tin học;
    khoa học; trung học; cao đẳng; học viện; trưởng ban; trưởng phòng; thủ tướng; trung thu; tổ
    quốc; huy chương; giải nhất; giải nhì; giải ba; hoa phượng; học bổng; quỹ học; diễn viên; ca sĩ; nghệ sĩ;
    nhạc sĩ; đạo diễn; bác sĩ; luật sư; giảng viên;
    giáo viên; tiền vệ; tiền đạo; thủ môn; hậu vệ
    """
) | frozenset({"tiếng anh"})
