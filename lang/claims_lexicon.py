"""The words that `lang/claims_words.py` reads: concepts of schooling with their wordings, groups, empty words.

Wordings are of administrative, press and everyday Vietnamese alike; to mend a miss, add a wording here, never a rule.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONCEPTS: Mapping[str, str] = {
    "PHONE": "điện thoại|điện thoại di động|điện thoại thông minh|smartphone|dế|máy",
    "MOTORBIKE": "xe máy|xe gắn máy|mô tô|xe mô tô|xe máy điện|xe phân khối|xe 50 phân khối",
    "EBIKE": "xe đạp điện",
    "CALCULATOR": "máy tính bỏ túi|máy tính cầm tay|casio",
    "CAMERA": "máy quay|camera|máy ảnh",
    "PAY": "thu tiền|thu phí|nộp tiền|đóng tiền|trả tiền|mất tiền|mất phí|tốn tiền|đóng góp|quyên góp|thu hộ|thu thêm|"
    "đóng thêm|nộp thêm|trả phí|nộp phí|đóng phí|lệ phí|thu khoản|khoản thu|phải đóng|tự mua|bỏ tiền "
    "mua|phải nộp|phải trả|thu|nộp lại|"
    "thu về|bỏ tiền|móc tiền|khoản tiền",
    "BUY": "mua|mua sắm|sắm|phải mua",
    "TUITION": "học phí|tiền học phí|tiền học",
    "EXTRA": "dạy thêm|học thêm|lớp học thêm|lớp dạy thêm|phụ đạo|luyện thi|lớp ôn|ôn thi|lớp ôn thi|lò luyện|lò ôn",
    "BOOK": "sách giáo khoa|sgk|bộ sách giáo khoa|bộ sách|sách",
    "REFBOOK": "sách tham khảo|sách bổ trợ",
    "MERGE": "hợp nhất|sáp nhập|gộp|gộp lại|nhập làm một|sắp xếp|sắp xếp lại|ghép|nhập lại|nhập vào",
    "CLOSED": "nghỉ học|được nghỉ|cho nghỉ|ở nhà|nghỉ ở nhà|không phải đến trường|tạm nghỉ|không đến lớp|nghỉ",
    "WISH": "nguyện vọng",
    "ENROL": "tuyển sinh|tuyển|lấy|chiêu sinh|tuyển dụng|tuyển viên chức|tuyển giáo viên|kỳ tuyển|thi tuyển viên chức",
    "QUOTA": "chỉ tiêu|suất|suất học|chỗ|chỗ học|suất dạy|chỗ dạy|vị trí",
    "REGISTER": "đăng ký|đăng kí|ghi danh|nộp hồ sơ|gửi hồ sơ|nhận hồ sơ|nộp phiếu|nhận phiếu|nộp đơn|hồ sơ|"
        "phiếu đăng ký|"
    "đăng ký dự tuyển|phiếu đăng ký dự tuyển|dự tuyển|ứng tuyển|đăng ký dự thi",
    "CONFIRM": "xác nhận nhập học|xác nhận|nhập học",
    "EXTRAROUND": "tuyển bổ sung|xét bổ sung|bổ sung",
    "RESULT": "kết quả|điểm thi công bố|công bố kết quả|biết điểm",
    "PUBLISH": "công bố|thông báo|công khai|niêm yết|dán",
    "EXAM": "kỳ thi|thi|làm bài|bài thi|thi tuyển|buổi thi|bài kiểm tra|kiểm tra|thi thử|đánh giá năng lực",
    "GRADEXAM": "tốt nghiệp|thi tốt nghiệp|kỳ thi tốt nghiệp|tốt nghiệp trung học phổ thông|tốt nghiệp thpt",
    "ENTRY10": "vào lớp 10|thi vào 10|vào 10|lớp 10|tuyển sinh vào lớp 10|thi vào lớp 10|thi lớp 10",
    "ENTRY1": "vào lớp 1|lớp 1|lớp một|tuyển sinh lớp 1",
    "ENTRY6": "vào lớp 6|lớp 6|lớp sáu|lên lớp 6|tuyển sinh lớp 6",
    "GRADE9": "lớp 9|khối 9|lớp chín",
    "GRADE12": "lớp 12|khối 12",
    "HSG": "học sinh giỏi|thi học sinh giỏi|chọn học sinh giỏi|hsg",
    "SPECIAL": "trường chuyên|lớp chuyên|chuyên",
    "ROOM": "phòng thi",
    "SITE": "điểm thi|địa điểm thi",
    "CAMPUS": "điểm trường|phân hiệu|cơ sở lẻ|điểm lẻ",
    "PROCEDURE": "làm thủ tục|thủ tục|thủ tục dự thi",
    "TERMSTART": "tựu trường|trở lại trường|quay lại trường|vào học|bắt đầu học",
    "OPENING": "khai giảng|lễ khai giảng",
    "RESUME": "đi học trở lại|học trở lại|trở lại lớp|đi học lại|quay lại lớp|dạy học trở lại|đi học|trở lại "
        "trường sau",
    "SEMESTER1": "học kỳ i|học kỳ 1|kỳ i|học kì i|học kì 1|kỳ 1",
    "SEMESTER2": "học kỳ ii|học kỳ 2|kỳ ii|học kì ii|học kì 2|kỳ 2|kỳ hai",
    "YEAREND": "kết thúc năm học|bế giảng|tổng kết năm học|năm học khép lại",
    "TET": "tết|tết nguyên đán|nghỉ tết",
    "STORM": "bão|mưa bão|bão số|mưa lớn",
    "COLD": "rét|rét đậm|rét hại|dưới 10 độ|trời lạnh|lạnh",
    "HEAT": "nắng nóng|nóng|nhiệt độ",
    "DEGREE": "độ c|độ",
    "BOARDING": "bán trú|ăn bán trú|chăm sóc bán trú",
    "CARE": "quản lý, chăm sóc|chăm sóc|tiền chăm sóc|quản lý chăm sóc|trông trưa",
    "MEAL": "tiền ăn|bữa ăn|suất ăn|bữa trưa|ăn trưa|tiền ăn trưa|bữa cơm|tiền cơm|cơm trưa",
    "WATER": "nước uống|tiền nước|nước",
    "KITCHEN": "bếp ăn|bếp|nhà bếp",
    "AIRCON": "điều hòa|điều hoà|máy lạnh|tiền điện điều hòa",
    "CLEAN": "vệ sinh lớp học|tiền vệ sinh|vệ sinh lớp|vệ sinh",
    "PARK": "trông giữ|nhận giữ xe|nhận giữ|trông giữ xe|trông xe|gửi xe|giữ xe|tiền xe",
    "PARENTBOARD": "ban đại diện cha mẹ học sinh|ban đại diện|hội phụ huynh|ban phụ huynh|hội cha mẹ học sinh",
    "SPONSOR": "vận động tài trợ|tài trợ|xã hội hóa|vận động|ủng hộ",
    "UNIFORM": "đồng phục",
    "PRACTICE": "thực hành|thực hành giảng dạy|dạy thử",
    "STAFFING": "biên chế|định biên",
    "KEEP": "giữ nguyên|duy trì|bảo toàn",
    "HOLD": "giữ|tạm giữ|cất giữ|thu giữ|lưu giữ",
    "STORE": "lưu|lưu mẫu|giữ lại",
    "RETURN": "phải trả lại|phải hoàn trả|trả hết|trả lại|hoàn trả|trả|hoàn lại|hoàn",
    "BRING": "mang|mang theo|cầm|đem|đem theo",
    "USE": "sử dụng|dùng|xài",
    "SCHOLARSHIP": "học bổng",
    "SUPPORT": "hỗ trợ|trợ cấp|đỡ|đỡ cho|trợ giúp|cấp cho|được nhận|được cấp|được hưởng|hưởng|chi trả|nhận|được "
        "cộng|cộng",
    "FERRY": "vé tàu|lượt vé|tàu",
    "TICKET": "vé|vé tháng",
    "BUS": "xe buýt|xe bus|buýt|xe đưa đón",
    "CAR": "ô tô|xe hơi|xe con",
    "STOPCAR": "dừng|đỗ|dừng đỗ|dừng xe|đỗ xe",
    "GATE": "cổng trường",
    "EXPEL": "đuổi học|buộc thôi học|cho thôi học|bị đuổi",
    "SELFCRIT": "tự kiểm điểm|bản kiểm điểm|viết kiểm điểm|kiểm điểm",
    "COUNSEL": "tư vấn|tư vấn học đường|tư vấn tâm lý|tham vấn",
    "VIOLENCE": "bạo lực|bạo lực học đường|đánh nhau|đánh hội đồng|bắt nạt",
    "REPORTUP": "báo cáo|báo cáo nhanh|báo lên",
    "VACCINE": "vắc xin|vắc-xin|vaccine|tiêm chủng|tiêm|mũi tiêm|tiêm phòng",
    "MEASLES": "sởi|rubella",
    "HEALTHINS": "bảo hiểm y tế|bhyt|thẻ bảo hiểm",
    "DEATH": "tử vong|chết|thiệt mạng|không qua khỏi|qua đời|mất mạng",
    "INJURED": "bị thương|thương tích|bị bỏng|thương vong|rơi trúng|đè trúng|bị đè|bị vùi|gãy tay|gãy chân|"
    "xây xát|trầy xước|"
    "xây xước",
    "SICK": "đau bụng|nôn|nôn ói|ngộ độc|buồn nôn|ói",
    "HOSPITAL": "bệnh viện|nhập viện|nằm viện|vào viện|viện",
    "DISCHARGE": "ra viện|xuất viện|về nhà",
    "GERM": "vi khuẩn|salmonella|khuẩn",
    "DIGITALREC": "học bạ số|học bạ điện tử",
    "PAPERREC": "học bạ giấy|bản học bạ giấy|bản giấy|học bạ",
    "REPLACE": "thay thế|thay|nhường chỗ|thế chỗ",
    "TRANSFER": "chuyển trường",
    "LOOKUP": "tra cứu|tra|xem",
    "RESIDENCE": "cư trú|giấy xác nhận cư trú|nơi ở|nơi ở hiện tại|thường trú|hộ khẩu",
    "PRIZE": "giải|giải thưởng",
    "REWARD": "thưởng|mức thưởng|tiền thưởng",
    "KIDNAP": "bắt cóc|bị bắt cóc|kéo lên ô tô|kéo lên xe|bắt trẻ|bắt học sinh",
    "FORGED": "giả mạo|văn bản giả|làm giả|giả",
    "WARD": "ubnd phường|ủy ban nhân dân phường",
    "SWIM": "dạy bơi|học bơi|bơi|lớp bơi",
    "POOL": "bể bơi|hồ bơi|bể",
    "COURSE": "khóa|khoá",
    "CERT": "chứng chỉ",
    "LANGUAGECERT": "chứng chỉ ngoại ngữ|chứng chỉ tiếng anh|ielts|chứng chỉ ngoại ngữ quốc tế",
    "AI": "trí tuệ nhân tạo|công cụ ai|dùng ai|ứng dụng ai|chatgpt",
    "MARK": "chấm điểm|chấm bài|chấm",
    "SATURDAY": "thứ bảy",
    "SUNDAY": "chủ nhật",
    "SESSION2": "hai buổi|2 buổi|buổi học thứ hai|buổi hai|hai buổi một ngày|2 buổi/ngày",
    "CLASSSIZE": "sĩ số",
    "BUILD": "xây mới|xây dựng|xây|khởi công",
    "INVEST": "tổng mức đầu tư|vốn đầu tư|kinh phí|tổng vốn|vốn",
    "FIRE": "cháy|hỏa hoạn|bốc cháy|vụ cháy",
    "BICYCLE": "xe đạp",
    "LAPTOP": "máy tính|máy tính bảng|laptop",
    "LIBRARY": "thư viện",
    "INSPECT": "kiểm tra đột xuất|thanh tra|đoàn kiểm tra",
    "SUPERVISE": "giám sát|theo dõi",
    "FOOD": "thực phẩm|đồ ăn",
    "SAMPLE": "mẫu|mẫu thức ăn|mẫu lưu",
    "TEACH": "giảng dạy|dạy",
    "HOLIDAY": "nghỉ lễ|dịp lễ",
    "HOMEWORK": "bài tập|bài tập về nhà",
    "PRESCHOOLCARE": "trông trẻ|giữ trẻ|trông, giữ trẻ|trông giữ trẻ|gửi trẻ|trông con",
    "OVERTIME": "ngoài giờ|thêm giờ",
    "WORKER": "công nhân|khu công nghiệp",
    "ORPHAN": "trẻ mồ côi|mồ côi",
    "TOTAL": "tổng cộng|cả thảy|tổng số",
    "CONSENT": "phiếu đồng ý|đồng ý|ký phiếu",
    "VOLUNTARY": "tự nguyện|tùy gia đình|không ép|do gia đình quyết định|ai thích|ai muốn",
    "PARENT": "cha mẹ|phụ huynh|bố mẹ|cha mẹ học sinh|gia đình|ba mẹ",
    "SEARCHBAG": "lục cặp|kiểm tra cặp|kiểm tra cặp sách|khám cặp|soát cặp|lục soát|khám xét|lục túi",
    "RENT": "cho thuê|cho thuê lại|đem cho thuê|cho thuê mặt bằng",
    "ATHLETE": "vận động viên|vđv|huấn luyện viên|cầu thủ|đô vật|tuyển thủ",
    "SHOWMARKS": "công bố điểm|đăng điểm|công khai điểm|đưa điểm|thông báo điểm|đọc điểm",
    "WRITE": "viết chữ|tập viết|tô chữ|luyện chữ|học chữ|dạy chữ|luyện viết",
    "OTHERWORD": "giải pháp|giải quyết|giải phóng|giải trình|giải đáp|giải thích|giải tỏa|giải ngân|giải trí|lưu thông|"
    "lưu hành|lưu ý|lưu trú|lưu lượng|giao lưu|nhà máy|máy bay|máy móc|máy chiếu|máy phát|thi đua|thi công|"
    "thi hành|thi thể|"
    "cầm đầu|trang trí|trang bị|trang phục|nghĩa trang|bán kết|bán đảo|bán dẫn|xem xét|lấy ý kiến",
    "OFFICE": "sở xây dựng|bộ xây dựng|sở tài chính|bộ tài chính|sở nội vụ|bộ nội vụ|sở y tế|bộ y tế|sở tư pháp|"
    "sở công thương|sở du lịch|sở khoa học",
    "LIGHT": "bảo đảm|đảm bảo|huy động|tiến hành|áp dụng|tham gia|đưa ra|triển khai",
    "COLLECT": "thu lại|thu hồi|thu gom",
    "FEE": "mức thu|mức đóng|mức trần|mức phí",
    "RECEIVE": "tiếp nhận|nhận vào|nhận vào lớp|nhận vào học|nhận học|cho vào lớp|cho vào học|vào lớp|thu nhận",
    "PUPIL": "học sinh|em|cháu|trẻ|học trò|hs|thí sinh|học viên|bé|các con|con|trẻ em|người học|sĩ tử|bạn|đứa trẻ|đứa",
    "MEDIC": "điều dưỡng|bác sĩ|y sĩ|y tá|nhân viên y tế|hộ sinh|thầy thuốc|cán bộ y tế",
    "SOLDIER": "quân nhân|nghĩa vụ quân sự|nhập ngũ|tân binh|chiến sĩ",
    "TEACHER": "giáo viên|thầy cô|cô giáo|thầy giáo|nhà giáo|gv|viên chức giáo viên|viên chức|thầy cô giáo|người dạy",
    "SCHOOL": "nhà trường|trường|trường học|cơ sở giáo dục|các trường|ngôi trường",
    "DEPT": "sở|sở giáo dục|sở giáo dục và đào tạo|sở gd&đt|sở gdđt|sgdđt|sgd&đt|sở gd-đt|sở gd|ngành giáo dục",
    "CITY": "thành phố|tp|hải phòng|thành phố hải phòng|tp hải phòng|tp.hp|tphp|địa bàn|địa bàn thành phố|toàn "
        "thành phố",
    "HEAD": "hiệu trưởng|ban giám hiệu",
    "SCHOOLYEAR": "năm học",
    "ONLINE": "trực tuyến|qua mạng|online|trên mạng",
    "INPERSON": "trực tiếp|tới trường nộp|đến trường nộp",
    "CURRICULUM": "chương trình|chương trình lớp 1",
    "SHUTDOWN": "đóng cửa|giải thể|giải tán|xóa|xóa bỏ|xóa sổ|dẹp bỏ|xóa tên",
    "TAKE": "dự thi|phải thi|phải dự thi|phải khảo sát",
    "MIDTERM": "giữa kỳ|kiểm tra giữa kỳ|bài giữa kỳ|thi giữa kỳ|giữa học kỳ|bài kiểm tra giữa kỳ",
    "FINALTEST": "cuối kỳ|kiểm tra cuối kỳ|thi cuối kỳ|thi học kỳ|cuối năm học",
    "MINIMUM": "mức tối thiểu|mức sàn|mức thấp nhất|mức đóng thấp nhất|mức đóng tối thiểu",
    "LATE": "đến muộn|đến trễ|trễ giờ|muộn giờ|đi muộn|đi học muộn|đi trễ|trễ|muộn",
    "RANKING": "xếp hạng|xếp thứ hạng|xếp loại|bêu điểm",
    "DEPOSIT": "đặt cọc|tiền cọc|cọc|ký quỹ",
    "CASH": "tiền mặt",
    "HELMET": "mũ bảo hiểm|nón bảo hiểm",
    "CANTEEN": "căng tin|căn tin|quầy bán",
    "SELL": "bán|rao bán",
    "OPEN": "mở|mở cửa|khai mạc|lễ khai mạc",
    "END": "kết thúc|khép lại|kéo dài",
    "STUDENTDATA": "dữ liệu cá nhân|dữ liệu|thông tin cá nhân",
    "GRANT": "cấp miễn phí|cấp phát|tặng|phát miễn phí|tặng cho",
    "FACILITY": "cơ sở|cơ sở vật chất",
    "CITYLEVEL": "cấp thành phố|cấp tỉnh|cấp trường|cấp huyện|cấp xã|khu vực|cấp quận",
    "NATIONALLEVEL": "quốc gia|toàn quốc|cấp quốc gia",
    "COME": "đến trường|tới trường|đến lớp|tới lớp",
    "BREAK": "giờ ra chơi|ra chơi|giờ giải lao|giải lao",
    "PAGE": "trang|trang facebook|fanpage|tài khoản|trang web|website|facebook",
    "OFFICIAL": "chính thức|chính chủ|do sở lập",
    "CASE": "trường hợp",
    "PAPER": "công văn|văn bản|giấy tờ",
    "ASSIGN": "chỉ định|ấn định",
    "TIMEKEEP": "sớm|lùi giờ",
}  # fmt: skip
"""Concept → wordings that mean it."""

FLIPPED: Mapping[str, str] = {
    "PAY": "miễn phí|miễn|được miễn|miễn giảm|không mất đồng nào|không mất một đồng nào|không tốn đồng nào|không đồng",
    "RECEIVE": "từ chối tiếp nhận|từ chối nhận|từ chối|khước từ|không nhận vào|không nhận vào lớp",
    "KEEP": "cắt giảm|cắt bớt|cắt|tinh giản|dôi ra",
    "TAKE": "miễn thi|được miễn thi|miễn dự thi|miễn khảo sát|khỏi thi|miễn kiểm tra",
}
"""Concept → wordings that mean its opposite."""

GROUPS: Mapping[str, Mapping[str, str]] = {
    "LEVEL": {
        "MN": "mầm non|mẫu giáo|nhà trẻ|bậc mầm non",
        "TH": "tiểu học|cấp một|cấp 1|cấp i|bậc tiểu học",
        "THCS": "trung học cơ sở|thcs|cấp hai|cấp 2|cấp ii|bậc thcs|bậc trung học cơ sở",
        "THPT": "trung học phổ thông|thpt|cấp ba|cấp 3|cấp iii|bậc thpt|phổ thông trung học",
        "THCS/THPT": "trung học|bậc trung học",
        "TH/THCS/THPT": "phổ thông",
        "DH": "đại học|cao đẳng|sinh viên|giảng đường|trường nghề|cao học|trung cấp",
        "GDTX": "giáo dục thường xuyên|gdnn-gdtx|gdtx|giáo dục nghề nghiệp|giáo dục nghề nghiệp - giáo dục "
            "thường xuyên",
        "MN/TH/THCS/THPT": "mọi cấp|mọi cấp học|các cấp|tất cả các cấp|mọi bậc học|các cấp học|học sinh các cấp|"
            "mọi lứa tuổi",
    },
    "SECTOR": {
        "PUB": "công lập|trường công|khối công|trường công lập",
        "PRIV": "tư thục|dân lập|trường tư|ngoài công lập|trường ngoài công lập|dân lập, tư thục|trường tư thục|"
            "khối tư thục|khối tư",
    },
    "NEED": {
        "POOR": "hộ nghèo|gia đình nghèo|nghèo|diện nghèo|học sinh nghèo|trẻ nghèo",
        "NEAR": "cận nghèo|hộ cận nghèo",
        "DISABLED": "khuyết tật",
        "WORKERCHILD": "con công nhân",
    },
    "SUBJECT": {
        "TOAN": "toán|môn toán",
        "VAN": "ngữ văn|văn|môn văn",
        "ANH": "tiếng anh|ngoại ngữ|môn anh",
        "CHUYEN": "môn chuyên",
        "LY": "vật lí|vật lý",
        "TIN": "tin học",
        "NHAC": "âm nhạc|mỹ thuật|mĩ thuật|nhạc họa",
        "SU": "lịch sử",
    },
    "RANK": {
        "1": "giải nhất",
        "2": "giải nhì",
        "3": "giải ba",
        "4": "giải khuyến khích|khuyến khích",
    },
}  # fmt: skip
"""Kind → member → wordings. A wording that means several joins them with "/"."""

STOP: frozenset[str] = _words(
    """
    của và là có đã đang sẽ trong tại ở với cho các những này đó kia theo từ đến vào ra về để cũng còn khi do bị
    trên dưới sau trước hơn gần khoảng tổng số cộng nhiều thì mà nên rằng như cùng tới lên xuống bởi vì nếu hay
    hoặc ngày sáng chiều tối trưa đêm hôm nay mới chỉ đều vẫn lại đây ấy nhất rất quá mỗi thêm khác toàn bộ tất
    cả thứ ông bà nói biết rõ hết riêng xảy được không phải chưa chẳng người anh chị em tôi mình chúng ta nhà
    năm tháng tuần giờ phút một hai ba bốn sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ tỉ đồng việc sự
    điều cái chiếc con nào gì ai đâu sao thế vậy nhé nha ạ ơi à đi đấy thôi luôn cứ bao lâu đợt lần qua dịp quy
    định nêu ghi căn gồm đối vừa tiếp tục diễn tổ chức thực hiện bắt đầu cuối giữa hạn chậm muộn sớm bằng tức
    nữa chính thức nhưng tuy song lúc dự kiến chừng xấp xỉ thuộc phần nhỏ lớn cao thấp đa thiểu ít
    """
)

GENERIC: frozenset[str] = _words(
    """
    PAPER LIGHT TOTAL OFFICE OTHERWORD
    học buổi lớp khoản kèm nộp đứng làm mặt bộ phận đề tham
    PUPIL PARENT TEACHER SCHOOL DEPT CITY HEAD SCHOOLYEAR USE PUBLISH SUPPORT EXAM TEACH OPEN END
    REGISTER COME CASE phường xã quận huyện công văn quyết định nghị thông báo kế hoạch hướng dẫn bản ubnd hđnd ủy
    ban nhân dân hội đồng giáo dục đào tạo bắt buộc yêu cầu lịch mức tiền
    """
)
"""Words that every text of schooling has: alone they tie nothing together."""
