using System.Text;

namespace CloudNative.AppModel.Tests.Yaml;

public sealed class YamlTreeTests : IDisposable
{
    private readonly TemporaryApp _app = new();

    [Theory]
    [InlineData("", "CN8003 1:1")]
    [InlineData("# nothing but a comment\n", "CN8003 1:1")]
    [InlineData("---\n...\n", "CN8003 1:1")]
    [InlineData("just a text", "CN8005 1:1")]
    [InlineData("- a\n- b", "CN8005 1:1")]
    [InlineData("app: 'shop", "CN8002 1:6")]
    [InlineData("app: shop\nservices:\n\tcatalog: x", "CN8002 3:1")]
    public void Parse_NoUsableYaml_IsOneProblem(string text, string expected) => Assert.Equal(expected, _app.Place(text));

    [Fact]
    public void Parse_SeveralLinesWithTabs_NamesEach() =>
        Assert.Equal([3, 4], _app.Problems("app: shop\nservices:\n\tcatalog:\n\t\tproject: Catalog\n").Select(problem => problem.Line));

    [Fact]
    public void Parse_DuplicateService_NamesBothLines()
    {
        var problem = Assert.Single(_app.Problems("""
            app: shop
            services:
              catalog: { project: Catalog }
              catalog: { project: Ordering }
            """));

        Assert.Equal("CN8006", problem.Id);
        Assert.Equal(4, problem.Line);
        Assert.Contains("first on line 3", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AliasesThatWouldGrowWithoutLimit_AreRefusedAtOnce()
    {
        var text = new StringBuilder("app: shop\na0: &a0 [x, x]\n");
        for (var i = 1; i < 40; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        Assert.Contains(_app.Problems(text.ToString()), problem => problem.Id == "CN8013");
    }

    [Fact]
    public void Parse_NestedWithoutEnd_IsRefusedWithoutOverflow() =>
        Assert.Equal("CN8002", Assert.Single(_app.Problems("app: " + new string('[', 100_000))).Id);

    [Fact]
    public void Parse_ChainOfTenThousandServices_IsRefusedWithoutOverflow()
    {
        var text = new StringBuilder("app: shop\nservices:\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  a{i}: {{ project: Catalog, needs: [a{i + 1}] }}\n");
        }

        Assert.Equal("CN8015 3:3", _app.Place(text.ToString()));
    }

    [Fact]
    public void Parse_SecondDocument_IsRefused() =>
        Assert.Equal("CN8013 4:1", _app.Place("app: shop\nservices:\n  catalog: { project: Catalog }\n---\napp: other\n"));

    [Fact]
    public void Parse_ByteOrderMarkAndWindowsLines_AreRead() =>
        Assert.Equal("shop", _app.Parse("\uFEFFapp: shop\r\nservices:\r\n  catalog:\r\n    project: Catalog\r\n").Name);

    public void Dispose() => _app.Dispose();
}
