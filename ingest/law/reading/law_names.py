"""Names of laws, codes and ordinances without the word for their kind: prose does not show where such a name ends."""

_NAMES = """
an ninh mạng; an ninh quốc gia; an toàn thông tin mạng; an toàn thực phẩm; an toàn, vệ sinh lao động
ban hành quyết định hành chính; ban hành văn bản quy phạm pháp luật; báo chí; bảo hiểm tiền gửi; bảo hiểm xã hội
bảo hiểm y tế; bảo vệ bí mật nhà nước; bảo vệ dữ liệu cá nhân; bảo vệ môi trường; bảo vệ quyền lợi người tiêu dùng
bảo vệ sức khỏe nhân dân; bảo vệ sức khoẻ nhân dân; bảo vệ, chăm sóc và giáo dục trẻ em
bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân; biên giới quốc gia; biên phòng việt nam; biển việt nam
bình đẳng giới; bưu chính; các công cụ chuyển nhượng; các tổ chức tín dụng; cán bộ công chức; cán bộ, công chức
cạnh tranh; cảnh sát biển việt nam; cảnh sát cơ động; cảnh vệ; căn cước; căn cước công dân; chăn nuôi
chất lượng sản phẩm, hàng hóa; chất lượng sản phẩm, hàng hoá; chuyển đổi số; chuyển giao công nghệ; chứng khoán
công an nhân dân; công chứng; công đoàn; công nghệ cao; công nghệ thông tin; công nghiệp công nghệ số
công nghiệp quốc phòng, an ninh và động viên công nghiệp; cơ yếu; cư trú; cựu chiến binh; dạy nghề; dân quân tự vệ
dân số; dân sự; dầu khí; doanh nghiệp; du lịch; dữ liệu; dự trữ quốc gia; dược; đa dạng sinh học; đấu giá tài sản
đất đai; đấu thầu; đầu tư; đầu tư công; đầu tư theo phương thức đối tác công tư; đặc xá; đê điều; điện ảnh; điện lực
điều ước quốc tế; đo đạc và bản đồ; đo lường; đường bộ; đường sắt; giám định tư pháp; giao dịch điện tử
giao thông đường bộ; giao thông đường thủy nội địa; giáo dục; giáo dục đại học; giáo dục nghề nghiệp
giáo dục quốc phòng - an ninh; giáo dục quốc phòng và an ninh; hàng hải; hàng không dân dụng việt nam; hình sự; hóa chất
hoà giải ở cơ sở; hòa giải ở cơ sở; hòa giải, đối thoại tại tòa án; hoạt động chữ thập đỏ
hoạt động giám sát của quốc hội và hội đồng nhân dân; hỗ trợ doanh nghiệp nhỏ và vừa; hôn nhân và gia đình; hộ tịch
hợp nhất văn bản quy phạm pháp luật; hợp tác xã; kế toán; khám bệnh, chữa bệnh; khí tượng thủy văn; khiếu nại
khiếu nại, tố cáo; khoa học công nghệ; khoa học và công nghệ; khoa học, công nghệ và đổi mới sáng tạo; khoáng sản
kiểm toán độc lập; kiểm toán nhà nước; kiến trúc; kinh doanh bảo hiểm; kinh doanh bất động sản; lao động; lâm nghiệp
luật sư; lưu trữ; lực lượng dự bị động viên; lý lịch tư pháp; năng lượng nguyên tử; ngân hàng nhà nước việt nam
ngân sách nhà nước; nghĩa vụ quân sự; ngoại hối; người cao tuổi; người khuyết tật
người lao động việt nam đi làm việc ở nước ngoài theo hợp đồng; nhà giáo; nhà ở
nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại việt nam; nuôi con nuôi; phá sản
pháp điển hệ thống quy phạm pháp luật; phí và lệ phí; phổ biến, giáo dục pháp luật; phòng cháy và chữa cháy
phòng cháy, chữa cháy và cứu nạn, cứu hộ; phòng, chống bạo lực gia đình; phòng, chống bệnh truyền nhiễm
phòng, chống khủng bố; phòng, chống ma túy; phòng, chống mua bán người; phòng, chống rửa tiền; phòng, chống tham nhũng
phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (hiv/aids); phòng, chống thiên tai
phòng, chống tác hại của rượu, bia; phòng, chống tác hại của thuốc lá; quản lý ngoại thương; quản lý nợ công
quản lý, sử dụng tài sản công; quản lý, sử dụng tài sản nhà nước; quản lý thuế; quản lý sử dụng tài sản công
quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp
quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ; quảng cáo
quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng
quốc phòng; quốc tịch việt nam; quy hoạch; quy hoạch đô thị và nông thôn; sĩ quan quân đội nhân dân việt nam
sở hữu trí tuệ; sử dụng năng lượng tiết kiệm và hiệu quả; tài nguyên nước; tài nguyên, môi trường biển và hải đảo
tần số vô tuyến điện; thanh niên; thanh tra; thể dục, thể thao; thi đua khen thưởng; thi đua, khen thưởng
thi hành án dân sự; thi hành án hình sự; thi hành tạm giữ, tạm giam; thỏa thuận quốc tế; thống kê; thú y
thuế bảo vệ môi trường; thuế giá trị gia tăng; thuế sử dụng đất nông nghiệp; thuế sử dụng đất phi nông nghiệp
thuế tài nguyên; thuế thu nhập cá nhân; thuế thu nhập doanh nghiệp; thuế tiêu thụ đặc biệt
thuế xuất khẩu, thuế nhập khẩu; thư viện; thực hành tiết kiệm, chống lãng phí; thực hiện dân chủ ở cơ sở; thương mại
thủ đô; thủy lợi; thủy sản; tiếp cận thông tin; tiếp công dân; tiêu chuẩn và quy chuẩn kỹ thuật; tín ngưỡng, tôn giáo
tố cáo; tố tụng dân sự; tố tụng hành chính; tố tụng hình sự; tổ chức chính phủ; tổ chức chính quyền địa phương
tổ chức hội đồng nhân dân và ủy ban nhân dân; tổ chức quốc hội; tổ chức tòa án nhân dân
tổ chức viện kiểm sát nhân dân; trách nhiệm bồi thường của nhà nước; trật tự, an toàn giao thông đường bộ; trẻ em
trí tuệ nhân tạo; trọng tài thương mại; trợ giúp pháp lý; trồng trọt; trưng cầu ý dân; trưng mua, trưng dụng tài sản
tư pháp người chưa thành niên; tương trợ tư pháp; ưu đãi người có công với cách mạng; việc làm; viên chức; viễn thông
xây dựng; xử lý vi phạm hành chính; xuất bản; xuất cảnh, nhập cảnh của công dân việt nam
"""
LAW_NAMES = tuple(
    sorted((name.strip() for name in _NAMES.replace("\n", ";").split(";") if name.strip()), key=len, reverse=True)
)
"""In lower case, the longest first: "giáo dục đại học" is not "giáo dục"."""
